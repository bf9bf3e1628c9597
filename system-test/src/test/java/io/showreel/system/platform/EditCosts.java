package io.showreel.system.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Changes a film again and again, and counts by the provider's own ledger what was paid for each change: also with a
 * cancel, a {@code kill -9} of render-service and the gateway, and a failed prediction in the middle.
 */
final class EditCosts {

    private static final Duration FOR_A_CUT = Duration.ofMinutes(3);

    private final RunningShowreel showreel;
    private final Api gateway;
    private final Api sandbox;
    private String job = "";
    private List<String> scenes = List.of();

    EditCosts(RunningShowreel showreel, Api gateway, Api sandbox) {
        this.showreel = showreel;
        this.gateway = gateway;
        this.sandbox = sandbox;
    }

    /** Predictions that the provider has made, and how many of them succeeded. */
    private record Bill(int made, int succeeded) {

        private static final Bill NOTHING = new Bill(0, 0);
        private static final Bill ONE = new Bill(1, 1);

        Bill since(Bill before) {
            return new Bill(made - before.made, succeeded - before.succeeded);
        }
    }

    /** @param jobId of a job that has its first film and no other */
    void of(long jobId) {
        job = "/api/v3/jobs/" + jobId;
        awaitRevision(1);
        scenes = values(gateway.get(job + "/scenes").path("scenes"), "id");
        var prompt = gateway.get(scene()).path("prompt").asString();
        var take = gateway.get(scene() + "/takes").at("/data/0/take_id").asString();

        System.out.printf("%nWhat a change of a film costs, by the provider's ledger%n");
        System.out.printf("  %-36s %11s %9s %6s%n", "change", "predictions", "succeeded", "s");
        cost("caption", Bill.NOTHING, () -> cut(2, "{\"text_overlay\": \"Welcome\"}"));
        cost("transition", Bill.NOTHING, () -> cut(3, "{\"transition\": \"fade\"}"));
        cost("order", Bill.NOTHING, () -> {
            gateway.put(
                    job + "/scenes/order", "{\"scene_ids\": [\"" + String.join("\", \"", scenes.reversed()) + "\"]}");
            cut(4);
        });
        cost("prompt", Bill.ONE, () -> cut(5, "{\"prompt\": \"a sweeping crane shot\"}"));
        cost("prompt taken back", Bill.NOTHING, () -> cut(6, "{\"prompt\": \"" + prompt + "\"}"));
        cost("scene regenerated", Bill.ONE, () -> {
            gateway.post(scene() + "/regenerate", "{}");
            awaitRevision(7);
        });
        cost("back to its first clip", Bill.NOTHING, () -> {
            gateway.put(scene() + "/take", "{\"take_id\": \"" + take + "\"}");
            cut(8);
        });
        cost("back to the film with the prompt", Bill.NOTHING, () -> {
            gateway.post(job + "/revisions/5/restore", "{}");
            awaitRevision(9);
        });
        cost("prompt, canceled while it rendered", new Bill(1, 0), () -> {
            order("{\"fault\": \"stall_run\", \"in\": \"processing\", \"times\": 1}");
            startCut("{\"prompt\": \"a dolly back\"}");
            gateway.post(job + "/cancel", "{}");
            awaitCanceled();
        });
        cost("the same, cut again", Bill.ONE, () -> cut(11));
        cost("prompt, both services killed", Bill.ONE, () -> {
            startCut("{\"prompt\": \"a lateral truck\"}");
            showreel.kill("render");
            showreel.kill("gateway");
            awaitRevision(12);
        });
        cost("prompt, its first prediction failed", new Bill(2, 1), () -> {
            order("{\"fault\": \"fail_run\", \"failure\": \"E6716\", \"times\": 1}");
            cut(13, "{\"prompt\": \"a slow pan\"}");
        });
        assertThat(gateway.bytes(job.replace("/jobs/", "/videos/") + "/combined"))
                .hasSizeGreaterThan(10_000);
    }

    private void cost(String change, Bill expected, Runnable making) {
        var before = bill();
        var began = System.nanoTime();
        making.run();
        var bill = bill().since(before);
        System.out.printf(
                "  %-36s %11d %9d %6.1f%n", change, bill.made(), bill.succeeded(), (System.nanoTime() - began) / 1e9);
        assertThat(bill).as(change).isEqualTo(expected);
    }

    private void cut(int revision, String edit) {
        gateway.put(scene(), edit);
        cut(revision);
    }

    private void cut(int revision) {
        gateway.post(job + "/cut", "{}");
        awaitRevision(revision);
    }

    /** Returns as soon as the provider is at work on it. */
    private void startCut(String edit) {
        gateway.put(scene(), edit);
        gateway.post(job + "/cut", "{}");
        await("the prediction")
                .atMost(FOR_A_CUT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> gateway.get(scene()).path("status").asString().equals("processing"));
    }

    private void order(String fault) {
        sandbox.tell("/_sandbox/faults", fault);
    }

    private String scene() {
        return job + "/scenes/" + scenes.getFirst();
    }

    private void awaitCanceled() {
        await("the canceled cut")
                .atMost(FOR_A_CUT)
                .until(() -> gateway.get(job).at("/cut/status").asString().equals("canceled"));
    }

    private void awaitRevision(int revision) {
        await("revision " + revision)
                .atMost(FOR_A_CUT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> gateway.get(job).path("revision").asInt(0) == revision);
    }

    private Bill bill() {
        var ledger = sandbox.get("/_sandbox/ledger");
        int succeeded = (int) StreamSupport.stream(ledger.spliterator(), false)
                .filter(row -> row.path("status").asString().equals("succeeded"))
                .count();
        return new Bill(ledger.size(), succeeded);
    }

    private static List<String> values(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(one -> one.path(field).asString())
                .toList();
    }
}
