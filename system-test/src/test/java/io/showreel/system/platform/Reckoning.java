package io.showreel.system.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What Showreel says of its takes, held against what the provider made, was paid for, and spoiled on purpose. Nothing of
 * it is read from inside Showreel but the names of the objects that it keeps.
 */
final class Reckoning {

    private static final Duration TO_SETTLE = Duration.ofMinutes(3);
    private static final Set<String> SETTLED = Set.of("rendered", "lost", "withdrawn");
    private static final Set<String> UNDER_WAY = Set.of("submitting", "unknown", "running", "stray");
    /** How an attempt may have ended before there is another one. */
    private static final Set<String> WITHOUT_OUTPUT =
            Set.of("failed", "aborted", "canceled", "not_sent", "refused", "absent");
    /** The reason of an attempt whose predecessor may turn up nevertheless. */
    private static final String PROVEN_ABSENT = "ABSENT";

    private final Api gateway;
    private final Api render;
    private final Map<String, JsonNode> bill = new LinkedHashMap<>();
    /** By prediction: what struck it, each time. */
    private final Map<String, List<String>> strikes = new HashMap<>();

    private final Set<String> billed = new HashSet<>();

    /** What became of takes, by the ledger of the provider. */
    record Count(int takes, int predictions, int succeeded, int resubmissions) {

        static final Count NOTHING = new Count(0, 0, 0, 0);

        Count plus(Count other) {
            return new Count(
                    takes + other.takes,
                    predictions + other.predictions,
                    succeeded + other.succeeded,
                    resubmissions + other.resubmissions);
        }
    }

    private Reckoning(Api gateway, Api render) {
        this.gateway = gateway;
        this.render = render;
    }

    /** Reads the provider's books as soon as nothing of these jobs is under way any more. */
    static Reckoning whenSettled(Collection<Long> jobs, Api gateway, Api render, Api sandbox) {
        var reckoning = new Reckoning(gateway, render);
        await("all takes are settled")
                .atMost(TO_SETTLE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(jobs)
                        .allSatisfy(job -> assertThat(reckoning.takes(job)).allMatch(Reckoning::isSettled)));
        await("all predictions have ended")
                .atMost(TO_SETTLE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(sandbox.get("/_sandbox/ledger"))
                        .allSatisfy(row ->
                                assertThat(row.hasNonNull("completed_at")).isTrue()));
        reckoning.read(sandbox);
        return reckoning;
    }

    private void read(Api sandbox) {
        sandbox.get("/_sandbox/ledger")
                .forEach(row -> bill.put(row.path("prediction_id").asString(), row));
        for (var order : sandbox.get("/_sandbox/faults")) {
            var fault = order.path("fault");
            var what = fault.path("failure").asString(fault.path("as").asString(""));
            order.path("struck").forEach(strike -> strikes.computeIfAbsent(
                            strike.path("subject").asString(), subject -> new ArrayList<>())
                    .add(what));
        }
    }

    /**
     * @param objects that are in the store
     * @param canceled whether its client may have canceled it
     */
    Count of(JsonNode job, Set<String> objects, boolean canceled) {
        long id = job.path("job_id").asLong();
        var status = job.path("status").asString();
        var kept = kept(id);
        var count = Count.NOTHING;
        var amount = BigDecimal.ZERO;
        boolean lost = false;
        for (var take : takes(id)) {
            var made = made(take);
            isPaidOnce(take, made);
            isMadeAgainOnlyAfterAFailure(take);
            if (take.path("status").asString().equals("lost")) {
                lost = true;
                assertThat(hadToBeBorne(take))
                        .as("%s met what a take has to bear", take)
                        .isFalse();
            }
            if (made.stream().anyMatch(Reckoning::succeeded)) {
                var object = kept.getOrDefault(take.path("take_id").asString(), "");
                assertThat(objects.contains(object)
                                || wasWithdrawn(take, status)
                                || strikes(take).contains(ChaosSchedule.NO_OUTPUT))
                        .as("the clip of %s, which was paid, is kept (%s)", take, object)
                        .isTrue();
            }
            var charged = made.stream()
                    .map(row -> new BigDecimal(row.path("amount").asString()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(new BigDecimal(take.path("cost").asString()))
                    .as("what %s is said to have cost", take)
                    .isEqualByComparingTo(charged);
            amount = amount.add(charged);
            count = count.plus(new Count(
                    1,
                    made.size(),
                    (int) made.stream().filter(Reckoning::succeeded).count(),
                    Math.max(0, take.path("predictions").size() - 1)));
        }
        assertThat(new BigDecimal(job.at("/costs/actual").asString()))
                .as("what %s is said to have cost", job)
                .isEqualByComparingTo(amount);
        if (!lost) {
            assertThat(status).as("%s", job).isEqualTo(canceled ? "canceled" : "completed");
            assertThat(job.at("/film/missing_scenes")).as("%s", job).isEmpty();
        }
        return count;
    }

    /** Once all jobs were reckoned up that there ever were. */
    void nothingElseWasMade() {
        assertThat(bill.values())
                .filteredOn(row -> !billed.contains(row.path("prediction_id").asString()))
                .as("predictions that are on no record of ours")
                .isEmpty();
    }

    private static boolean isSettled(JsonNode take) {
        return SETTLED.contains(take.path("status").asString(""))
                && StreamSupport.stream(take.path("predictions").spliterator(), false)
                        .noneMatch(attempt ->
                                UNDER_WAY.contains(attempt.path("status").asString("")));
    }

    private static void isPaidOnce(JsonNode take, List<JsonNode> made) {
        assertThat(made)
                .filteredOn(Reckoning::succeeded)
                .as("made for %s", take)
                .hasSizeLessThanOrEqualTo(1);
        assertThat(made)
                .filteredOn(row -> row.path("charged").asBoolean())
                .as("paid for %s", take)
                .hasSizeLessThanOrEqualTo(1);
    }

    private void isMadeAgainOnlyAfterAFailure(JsonNode take) {
        var attempts = take.path("predictions");
        for (int n = 1; n < attempts.size(); n++) {
            var reason = attempts.get(n).path("reason").asString("");
            assertThat(reason).as("why %s was submitted again", take).isNotBlank();
            var next = rowOf(attempts.get(n));
            for (int before = 0; next != null && before < n; before++) {
                var turnedUp =
                        attempts.get(before + 1).path("reason").asString("").startsWith(PROVEN_ABSENT);
                isOver(take, attempts.get(before), next, turnedUp);
            }
        }
    }

    /** An attempt that did not come to anything, by both books, before the next one was made. */
    private void isOver(JsonNode take, JsonNode attempt, JsonNode next, boolean mayTurnUp) {
        var recorded = attempt.path("status").asString("");
        var row = rowOf(attempt);
        if (row == null) {
            assertThat(recorded).as("attempt of %s", take).isIn(WITHOUT_OUTPUT);
            return;
        }
        assertThat(row.path("status").asString()).as("%s of %s", row, take).isEqualTo(recorded);
        if (!mayTurnUp) {
            assertThat(recorded).as("%s of %s", row, take).isIn(WITHOUT_OUTPUT);
            assertThat(Instant.parse(row.path("completed_at").asString()))
                    .as("%s ended before %s began", row, next)
                    .isBefore(Instant.parse(next.path("created_at").asString()));
        }
    }

    private static boolean wasWithdrawn(JsonNode take, String status) {
        return take.path("status").asString().equals("withdrawn") && !status.equals("completed");
    }

    /** Whether nothing that was done to its predictions permits to give it up. */
    private boolean hadToBeBorne(JsonNode take) {
        var met = strikes(take);
        return ChaosSchedule.TO_BE_BORNE.entrySet().stream()
                .noneMatch(kind -> met.stream().filter(kind.getKey()::equals).count() > kind.getValue());
    }

    private List<String> strikes(JsonNode take) {
        return StreamSupport.stream(take.path("predictions").spliterator(), false)
                .flatMap(prediction ->
                        strikes.getOrDefault(prediction.path("prediction_id").asString(""), List.of()).stream())
                .toList();
    }

    private List<JsonNode> made(JsonNode take) {
        var rows = new ArrayList<JsonNode>();
        for (var prediction : take.path("predictions")) {
            var row = rowOf(prediction);
            if (row != null) {
                assertThat(billed.add(row.path("prediction_id").asString()))
                        .as("%s is of one take only", row)
                        .isTrue();
                rows.add(row);
            }
        }
        return rows;
    }

    private @Nullable JsonNode rowOf(JsonNode prediction) {
        return bill.get(prediction.path("prediction_id").asString(""));
    }

    private static boolean succeeded(JsonNode row) {
        return row.path("status").asString().equals("succeeded");
    }

    private List<JsonNode> takes(long job) {
        var takes = new ArrayList<JsonNode>();
        gateway.get("/api/v3/jobs/" + job + "/takes").path("data").forEach(takes::add);
        return takes;
    }

    /** The objects of takes that are rendered. */
    private Map<String, String> kept(long job) {
        var kept = new HashMap<String, String>();
        render.get("/internal/jobs/" + job + "/takes").path("takes").forEach(take -> {
            var object = take.path("object").asString("");
            if (!object.isEmpty()) {
                kept.put(take.path("take_id").asString(), object.substring(object.indexOf("takes/")));
            }
        });
        return kept;
    }

    /** The objects of all clips of these jobs. */
    Set<String> clips(Collection<Long> jobs) {
        var clips = new HashSet<String>();
        jobs.forEach(job -> clips.addAll(kept(job).values()));
        return clips;
    }
}
