package io.showreel.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.showreel.sandbox.Client;
import io.showreel.sandbox.FaultySandbox;
import io.showreel.sandbox.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When faults strike, over HTTP: ordered, by number, by chance, for a while; and what a restart changes: nothing. */
class TriggerTest {
    private static final String REFUSED = "{\"fault\":\"refuse_create\",\"status\":503%s}";

    @TempDir
    Path home;

    @Test
    void a_fault_strikes_once_if_nothing_else_is_said() {
        assertThat(strikes("", 4)).containsExactly(1);
    }

    @Test
    void a_fault_strikes_as_often_as_ordered() {
        assertThat(strikes(",\"times\":2", 4)).containsExactly(1, 2);
    }

    @Test
    void a_script_names_the_calls() {
        assertThat(strikes(",\"calls\":[2,4]", 6)).containsExactly(2, 4);
    }

    @Test
    void chance_repeats_itself_by_its_seed() {
        var first = strikes(",\"probability\":0.4,\"seed\":7", 40);

        assertThat(first).hasSizeBetween(8, 24).isEqualTo(expected(0.4, 7, 40));
        assertThat(expected(0.4, 8, 40)).isNotEqualTo(first);
    }

    @Test
    void a_seed_that_was_drawn_is_on_record() {
        try (var sandbox = FaultySandbox.in(home)) {
            sandbox.order(REFUSED.formatted(",\"probability\":0.5"));

            assertThat(sandbox.orders().at("/0/trigger/seed").isIntegralNumber())
                    .isTrue();
        }
    }

    @Test
    void a_fault_may_last_for_a_while() {
        try (var sandbox = FaultySandbox.in(home)) {
            sandbox.order(REFUSED.formatted(",\"lasting\":\"PT0.4S\""));

            assertThat(sandbox.create().status()).isEqualTo(503);
            assertThat(sandbox.create().status()).isEqualTo(503);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> sandbox.create().status() == 201);
        }
    }

    @Test
    void a_fault_may_strike_each_so_often_at_most() {
        try (var sandbox = FaultySandbox.in(home)) {
            sandbox.order("{\"fault\":\"spoil_download\",\"how\":\"unavailable\",\"each\":2}");
            for (var output : List.of(sandbox.output(), sandbox.output())) {
                assertThat(IntStream.range(0, 4)
                                .mapToObj(n -> Client.fetch(output).statusCode()))
                        .containsExactly(503, 503, 200, 200);
            }
        }
    }

    @Test
    void a_fault_aims_at_a_model_and_an_account() {
        try (var sandbox = FaultySandbox.in(home)) {
            sandbox.order(REFUSED.formatted(",\"model\":\"google/veo-3.1\""));
            sandbox.order(REFUSED.formatted(",\"account\":\"somebody\""));

            assertThat(sandbox.create().status()).isEqualTo(201);
            assertThat(sandbox.client()
                            .create("google/veo-3.1", FaultySandbox.input())
                            .status())
                    .isEqualTo(503);
            assertThat(sandbox.orders().path(1).path("calls").asInt()).isZero();
        }
    }

    @Test
    void orders_can_come_together_and_be_taken_back() {
        try (var sandbox = FaultySandbox.in(home)) {
            sandbox.order("[" + REFUSED.formatted(",\"times\":9") + "," + REFUSED.formatted("") + "]");

            assertThat(sandbox.revoke("/" + sandbox.orders().at("/0/id").asString()))
                    .isEqualTo(204);
            assertThat(sandbox.revoke("/nobody")).isEqualTo(404);
            assertThat(sandbox.create().status()).isEqualTo(503);
            assertThat(sandbox.create().status()).isEqualTo(201);
            sandbox.order(REFUSED.formatted(",\"times\":9"));
            assertThat(sandbox.revoke("")).isEqualTo(204);
            assertThat(sandbox.create().status()).isEqualTo(201);
        }
    }

    @Test
    void what_struck_whom_is_on_record() {
        try (var sandbox = FaultySandbox.in(home)) {
            sandbox.order("{\"fault\":\"drop_answer\",\"status\":504,\"calls\":[2]}");
            sandbox.create();
            sandbox.create();

            var order = sandbox.orders().path(0);
            assertThat(order.path("calls").asInt()).isEqualTo(2);
            assertThat(order.path("over").asBoolean()).isTrue();
            assertThat(sandbox.struck())
                    .containsExactly(sandbox.sandbox().ledger().getLast().predictionId());
            assertThat(sandbox.sandbox().requests())
                    .extracting(seen -> seen.status() + " " + seen.fault())
                    .containsExactly("201 null", "504 drop_answer");
        }
    }

    @Test
    void a_restart_goes_on_counting_where_the_sandbox_ended() {
        try (var sandbox = FaultySandbox.in(home)) {
            sandbox.order(REFUSED.formatted(",\"calls\":[1,3]"));
            assertThat(sandbox.create().status()).isEqualTo(503);
        }
        try (var sandbox = FaultySandbox.in(home)) {
            assertThat(sandbox.create().status()).isEqualTo(201);
            assertThat(sandbox.create().status()).isEqualTo(503);
            assertThat(sandbox.create().status()).isEqualTo(201);
            assertThat(sandbox.struck()).hasSize(2);
        }
    }

    @Test
    void orders_that_mean_nothing_are_refused() {
        try (var sandbox = FaultySandbox.in(home)) {
            for (var order : List.of(
                    "{\"fault\":\"unheard_of\"}",
                    "{\"fault\":\"refuse_create\"}",
                    "{\"fault\":\"refuse_create\",\"answer\":\"politely\"}",
                    REFUSED.formatted(",\"time\":2"),
                    REFUSED.formatted(",\"times\":0"),
                    REFUSED.formatted(",\"each\":0"),
                    REFUSED.formatted(",\"calls\":[0]"),
                    REFUSED.formatted(",\"probability\":1.5"),
                    REFUSED.formatted(",\"probability\":0.5,\"calls\":[1]"),
                    "{\"fault\":\"stall_run\"}")) {
                assertThat(sandbox.tryToOrder(order).status()).as(order).isEqualTo(422);
            }
            assertThat(sandbox.orders().size()).isZero();
        }
    }

    @Test
    void a_probability_is_one() {
        assertThatThrownBy(() -> new Trigger(null, null, null, null, Double.NaN, null, null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<Integer> strikes(String trigger, int calls) {
        var struck = new ArrayList<Integer>();
        try (var sandbox = FaultySandbox.in(home)) {
            sandbox.order(REFUSED.formatted(trigger));
            for (int call = 1; call <= calls; call++) {
                if (sandbox.create().status() == 503) {
                    struck.add(call);
                }
            }
        }
        return struck;
    }

    private static List<Integer> expected(double probability, long seed, int calls) {
        var trigger = Json.MAPPER.convertValue(
                Json.object().put("probability", probability).put("seed", seed), Trigger.class);
        return IntStream.rangeClosed(1, calls).filter(trigger::strikes).boxed().toList();
    }
}
