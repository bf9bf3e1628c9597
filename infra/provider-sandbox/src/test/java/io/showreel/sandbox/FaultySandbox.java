package io.showreel.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.sandbox.prediction.Timing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A sandbox that does as it is told, wrongly. */
public final class FaultySandbox implements AutoCloseable {
    public static final String VEO = "google/veo-3.1-fast";

    private final Sandbox sandbox;
    private final Client client;
    private final Client own;

    private FaultySandbox(Settings settings) {
        sandbox = Sandbox.start(settings);
        client = new Client(sandbox.apiUrl());
        own = new Client(sandbox.apiUrl().resolve("/_sandbox"), "");
    }

    /** Instant, but for a short while in which a prediction can be seen to run. */
    public static FaultySandbox in(Path home) {
        return new FaultySandbox(Settings.in(home).instantly());
    }

    public static FaultySandbox in(Path home, Timing timing) {
        return new FaultySandbox(Settings.in(home).instantly().withTiming(timing));
    }

    public static FaultySandbox with(Settings settings) {
        return new FaultySandbox(settings);
    }

    public void order(String fault) {
        var answer = own.post("/faults", Json.MAPPER.readTree(fault));
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(204);
    }

    public Client.Answer tryToOrder(String fault) {
        return own.post("/faults", Json.MAPPER.readTree(fault));
    }

    public JsonNode orders() {
        return Json.MAPPER.readTree(own.get("/faults").raw().body());
    }

    public int revoke(String path) {
        return own.delete("/faults" + path).status();
    }

    public Client client() {
        return client;
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public Client.Answer create(String... headers) {
        return client.create(VEO, input(), headers);
    }

    /** A prediction from its creation to its end. */
    public Client.Answer run() {
        return client.awaitEnd(create("Cancel-After", "5s").text("id"));
    }

    public String output() {
        return create("Prefer", "wait").text("output");
    }

    public static ObjectNode input() {
        return Json.object().put("prompt", "slow dolly in").put("duration", 4);
    }

    public Stream<String> struck() {
        return orders().values().stream()
                .flatMap(order -> order.path("struck").values().stream())
                .map(strike -> strike.path("subject").asString());
    }

    public static Timing slow() {
        return Timing.DEFAULT.withBoot(Duration.ZERO).withLatency(Duration.ofMinutes(5), Duration.ofMinutes(5));
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
