package io.showreel.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.sandbox.Client;
import io.showreel.sandbox.FaultySandbox;
import io.showreel.sandbox.prediction.Timing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class RunFaultsTest {
    private static final Timing SHORT = Timing.DEFAULT.withBoot(Duration.ZERO);

    @TempDir
    Path home;

    private FaultySandbox sandbox;

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @EnumSource
    void each_failure_fails_a_prediction_in_the_providers_words(Failure failure) {
        start(SHORT);
        order("{\"fault\":\"fail_run\",\"failure\":\"" + failure + "\"}");

        var failed = sandbox.run();

        assertThat(failed.text("status")).isEqualTo("failed");
        assertThat(failed.text("error")).isEqualTo(failure.text());
        assertThat(failed.body().has("started_at")).isFalse();
        var row = sandbox.sandbox().ledger().getFirst();
        assertThat(row.charged()).isFalse();
        assertThat(row.errorCode()).isEqualTo(failure.name().matches("E\\d+|PA") ? failure.name() : null);
        assertThat(sandbox.run().text("status")).isEqualTo("succeeded");
    }

    @Test
    void a_run_may_fail_after_its_start() {
        start(SHORT);
        order("{\"fault\":\"fail_run\",\"failure\":\"PA\",\"running\":true}");

        var failed = sandbox.run();

        assertThat(failed.text("status")).isEqualTo("failed");
        assertThat(failed.body().has("started_at")).isTrue();
    }

    @Test
    void a_prediction_stuck_while_starting_is_aborted_by_its_deadline() {
        start(SHORT);
        order("{\"fault\":\"stall_run\",\"in\":\"starting\"}");
        var id = sandbox.create("Cancel-After", "5s").text("id");

        assertThat(sandbox.client().get("/predictions/" + id).text("status")).isEqualTo("starting");
        assertThat(sandbox.client().awaitEnd(id).text("status")).isEqualTo("aborted");
        assertThat(sandbox.sandbox().ledger().getFirst().charged()).isFalse();
    }

    @Test
    void a_stuck_prediction_is_still_stuck_after_a_restart() {
        start(SHORT);
        order("{\"fault\":\"stall_run\",\"in\":\"starting\"}");
        var id = sandbox.create().text("id");
        sandbox.close();
        start(SHORT);

        var other = sandbox.run();

        assertThat(other.text("status")).isEqualTo("succeeded");
        assertThat(sandbox.client().get("/predictions/" + id).text("status")).isEqualTo("starting");
    }

    @Test
    void a_run_that_stalls_is_killed_by_the_limit_of_a_run() {
        start(SHORT.withRunLimit(Duration.ofMillis(300)));
        order("{\"fault\":\"stall_run\",\"in\":\"processing\"}");

        var killed = sandbox.run();

        assertThat(killed.text("status")).isEqualTo("failed");
        assertThat(killed.text("error")).isEqualTo("Prediction timed out.");
    }

    @Test
    void a_prediction_may_be_aborted_by_the_provider() {
        start(SHORT);
        order("{\"fault\":\"end_run\",\"as\":\"aborted\"}");

        assertThat(sandbox.run().text("status")).isEqualTo("aborted");
        assertThat(sandbox.sandbox().ledger().getFirst().charged()).isFalse();
    }

    @Test
    void a_prediction_may_be_canceled_by_the_provider_for_its_price() {
        start(SHORT);
        order("{\"fault\":\"end_run\",\"as\":\"canceled\"}");

        assertThat(sandbox.run().text("status")).isEqualTo("canceled");
        assertThat(sandbox.sandbox().ledger().getFirst().charged()).isTrue();
    }

    @Test
    void an_output_may_be_a_list() {
        assertThat(shaped("list").at("/output/0").asString()).endsWith(".mp4");
    }

    @Test
    void an_output_may_be_an_object() {
        assertThat(shaped("object").at("/output/video").asString()).endsWith(".mp4");
    }

    @Test
    void an_output_may_be_the_file_itself() {
        var output = shaped("data_uri").path("output").asString();

        assertThat(output).startsWith("data:video/mp4;base64,");
        assertThat(new String(
                        Base64.getDecoder().decode(output.substring(output.indexOf(',') + 1)),
                        4,
                        4,
                        StandardCharsets.US_ASCII))
                .isEqualTo("ftyp");
    }

    @Test
    void a_success_may_be_without_output() {
        var shown = shaped("nothing");

        assertThat(shown.path("status").asString()).isEqualTo("succeeded");
        assertThat(shown.path("output").isNull()).isTrue();
    }

    @Test
    void an_output_may_expire_before_it_is_fetched() {
        start(SHORT);
        order("{\"fault\":\"expire_output\",\"after\":\"PT0.2S\"}");
        var ended = sandbox.run();
        var output = ended.text("output");

        var emptied = Awaitility.await()
                .until(
                        () -> sandbox.client().get("/predictions/" + ended.text("id")),
                        answer -> answer.body().path("data_removed").asBoolean());

        assertThat(emptied.body().path("output").isNull()).isTrue();
        assertThat(emptied.text("status")).isEqualTo("succeeded");
        assertThat(output).isNotEmpty();
        assertThat(Client.fetch(output).statusCode()).isEqualTo(404);
        assertThat(sandbox.sandbox().ledger().getFirst().charged()).isTrue();
    }

    private JsonNode shaped(String as) {
        start(SHORT);
        order("{\"fault\":\"shape_output\",\"as\":\"" + as + "\"}");
        return sandbox.run().body();
    }

    private void start(Timing timing) {
        sandbox = FaultySandbox.in(home, timing);
    }

    private void order(String fault) {
        sandbox.order(fault);
    }
}
