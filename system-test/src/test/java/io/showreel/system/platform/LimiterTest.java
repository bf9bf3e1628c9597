package io.showreel.system.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.showreel.contracts.Configuration;
import io.showreel.contracts.scene.SceneRequest;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.messaging.CloudEvents;
import io.showreel.messaging.Vocabulary;
import io.showreel.messaging.WireJson;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Replicas of render-service share one account: never faster than its pace, never more at once than its cap, and never
 * idle while work waits. All numbers are the provider's, read from its journal.
 */
class LimiterTest {

    private static final Duration PACE = Duration.ofMillis(600);
    /** More than the pace allows in a window, so that each limit is seen on its own. */
    private static final int CAP = 20;
    /** So long that the cap binds. */
    private static final Duration LONG = Duration.ofSeconds(13);

    /** So long that the half second between polls counts as little as beside a real model's minute. */
    private static final Duration LONGER = Duration.ofSeconds(24);

    /** So short that the pace binds. */
    private static final Duration SHORT = Duration.ofSeconds(5);
    /** So long that a fail-over that waited for it would be seen on any machine. */
    private static final Duration LEASE = Duration.ofMinutes(3);

    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final double SLACK = 0.03;
    /** For another replica to see a death, take the queue over and make its next frames ready. */
    private static final double TO_TAKE_OVER = 4;

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Set<String> PARTS = Set.of("postgres", "kafka", "s3", "sandbox", "render");
    private static final List<String> TABLE = new ArrayList<>();

    private long jobs;

    /** One prediction. */
    private record Made(Instant created, Instant completed) {}

    /**
     * How a load went; times in seconds.
     *
     * @param longestIdle for which nothing was submitted although both limits permitted it and takes waited
     */
    private record Outcome(
            int takes, int mostInWindow, int mostAtOnce, double longestIdle, double bound, double makespan) {
        double over() {
            return makespan / bound - 1;
        }
    }

    @AfterAll
    static void print_the_table() {
        System.out.printf("Pace %s, cap %d; at most %d creates in %s%n", PACE, CAP, mostCreates(), WINDOW);
        System.out.println("| replicas | load | creates in 10 s, most | at once, most | longest idle s | bound s"
                + " | makespan s | over |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        TABLE.forEach(System.out::println);
    }

    @Test
    void two_replicas_keep_the_limits_and_take_over_from_each_other_before_a_lease_ends() throws Exception {
        try (var showreel = start(2, LONG)) {
            var outcome = load(
                    showreel,
                    2,
                    36,
                    "the pace and the cap bind, each replica is killed",
                    List.of("render", "render-2"));
            withinLimits(outcome);
            assertThat(outcome.longestIdle()).as("idle while takes waited").isLessThan(LEASE.toSeconds() / 3.0);
        }
    }

    @Test
    @Tag("nightly")
    void two_replicas_and_a_hundred_takes() throws Exception {
        hundred(2);
    }

    @Test
    @Tag("nightly")
    void four_replicas_and_a_hundred_takes() throws Exception {
        hundred(4);
    }

    private void hundred(int replicas) throws Exception {
        try (var showreel = start(replicas, SHORT)) {
            inTime(load(showreel, replicas, 100, "the pace binds", List.of()));
        }
        try (var showreel = start(replicas, LONGER)) {
            inTime(load(showreel, replicas, 100, "the cap binds", List.of()));
            var all = IntStream.rangeClosed(1, replicas)
                    .mapToObj(n -> n == 1 ? "render" : "render-" + n)
                    .toList();
            var outcome = load(showreel, replicas, 100, "the cap binds, each replica is killed", all);
            withinLimits(outcome);
            assertThat(outcome.longestIdle()).as("idle after a kill").isLessThanOrEqualTo(TO_TAKE_OVER);
        }
    }

    private static RunningShowreel start(int replicas, Duration latency) throws Exception {
        var environment = Map.of(
                "REPLICATE_START_DELAY_MS",
                Long.toString(PACE.toMillis()),
                "REPLICATE_MAX_CONCURRENCY",
                Integer.toString(CAP),
                // Half a second a round keeps twenty predictions within the provider's limit for reads.
                "SHOWREEL_FOLLOW_POLLEVERY",
                "500ms",
                "SHOWREEL_FOLLOW_LEASE",
                LEASE.toSeconds() + "s",
                "SHOWREEL_START_LEASE",
                LEASE.toSeconds() + "s",
                "SANDBOX_INSTANT",
                "true",
                "SANDBOX_LATENCY",
                latency.toSeconds() + "s",
                "SANDBOX_STARTS_AT_ONCE",
                "0");
        var showreel = RunningShowreel.start(settings -> new Tuning(environment, Map.of()), replicas, PARTS::contains);
        try (var admin =
                Admin.create(Map.<String, Object>of("bootstrap.servers", "localhost:" + showreel.port("kafka")))) {
            // Its writer, the gateway, is not here.
            admin.createTopics(List.of(new NewTopic(SceneRequest.TOPIC, 12, (short) 1)))
                    .all()
                    .get();
        }
        return showreel;
    }

    private Outcome load(RunningShowreel showreel, int replicas, int takes, String name, List<String> victims)
            throws Exception {
        var sandbox = new Api(showreel.sandbox());
        int before = sandbox.get("/_sandbox/ledger").size();
        request(showreel, takes);
        for (int n = 0; n < victims.size(); n++) {
            int due = before + takes * (n + 1) / (victims.size() + 2);
            await("the moment for " + victims.get(n))
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> sandbox.get("/_sandbox/ledger").size() >= due);
            if (n > 0) {
                // One lives at each moment, so that what is seen is another one's taking over, and not a start.
                new Api(replica(showreel, n), PATIENCE).get("/actuator/health/readiness");
            }
            showreel.kill(victims.get(n));
        }
        await("all takes of: " + name)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> StreamSupport.stream(
                                        sandbox.get("/_sandbox/ledger").spliterator(), false)
                                .skip(before)
                                .filter(row -> row.path("status").asString().equals("succeeded"))
                                .count()
                        >= takes);
        var made = StreamSupport.stream(sandbox.get("/_sandbox/ledger").spliterator(), false)
                .skip(before)
                .map(LimiterTest::made)
                .sorted(Comparator.comparing(Made::created))
                .toList();
        assertThat(made).as("one prediction a take").hasSize(takes);
        var outcome = outcome(made);
        TABLE.add("| %d | %d takes, %s | %d | %d | %.1f | %.1f | %.1f | %+.1f %% |"
                .formatted(
                        replicas,
                        takes,
                        name,
                        outcome.mostInWindow(),
                        outcome.mostAtOnce(),
                        outcome.longestIdle(),
                        outcome.bound(),
                        outcome.makespan(),
                        100 * outcome.over()));
        System.out.println(TABLE.getLast());
        return outcome;
    }

    /** @param number 1 for the first; the ports of each are 100 higher than those of the one before */
    private static URI replica(RunningShowreel showreel, int number) {
        return URI.create("http://localhost:" + (showreel.port("render") + 100 * (number - 1)));
    }

    private static void inTime(Outcome outcome) {
        withinLimits(outcome);
        assertThat(outcome.over()).as("makespan over its bound: " + outcome).isLessThanOrEqualTo(SLACK);
    }

    private static void withinLimits(Outcome outcome) {
        assertThat(outcome.mostInWindow()).as("creates in any window").isLessThanOrEqualTo(mostCreates());
        assertThat(outcome.mostAtOnce()).as("predictions at once").isLessThanOrEqualTo(CAP);
    }

    private static int mostCreates() {
        return (int) (WINDOW.toMillis() / PACE.toMillis()) + 1;
    }

    private static Outcome outcome(List<Made> made) {
        int inWindow = made.stream()
                .mapToInt(first -> (int) made.stream()
                        .filter(other -> !other.created().isBefore(first.created())
                                && other.created().isBefore(first.created().plus(WINDOW)))
                        .count())
                .max()
                .orElse(0);
        int atOnce = made.stream()
                .mapToInt(latest -> (int) made.stream()
                        .filter(other -> !other.created().isAfter(latest.created())
                                && other.completed().isAfter(latest.created()))
                        .count())
                .max()
                .orElse(0);
        double latency = made.stream()
                .mapToDouble(one -> seconds(one.created(), one.completed()))
                .average()
                .orElse(0);
        var end = made.stream()
                .map(Made::completed)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return new Outcome(
                made.size(),
                inWindow,
                atOnce,
                longestIdle(made),
                bound(made.size(), latency),
                seconds(made.getFirst().created(), end));
    }

    /** The least time that so many takes need, if nothing but the pace and the cap holds them up. */
    private static double bound(int takes, double latency) {
        double pace = PACE.toMillis() / 1e3;
        return CAP * pace >= latency
                ? (takes - 1) * pace + latency
                : (takes - 1) / CAP * latency + (takes - 1) % CAP * pace + latency;
    }

    /** From the moment at which both limits permitted the next start to the start. */
    private static double longestIdle(List<Made> made) {
        var ends = made.stream().map(Made::completed).sorted().toList();
        return IntStream.range(1, made.size())
                .mapToDouble(n -> {
                    var permitted = made.get(n - 1).created().plus(PACE);
                    if (n >= CAP && ends.get(n - CAP).isAfter(permitted)) {
                        permitted = ends.get(n - CAP);
                    }
                    return seconds(permitted, made.get(n).created());
                })
                .max()
                .orElse(0);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1e3;
    }

    private static Made made(JsonNode row) {
        return new Made(
                Instant.parse(row.path("created_at").asString()),
                Instant.parse(row.path("completed_at").asString()));
    }

    /** Four jobs that want as many takes together, all at once. */
    private void request(RunningShowreel showreel, int takes) throws Exception {
        var settings = Map.<String, Object>of("bootstrap.servers", "localhost:" + showreel.port("kafka"));
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int part = 0; part < 4; part++) {
                var message = cut(++jobs, takes * (part + 1) / 4 - takes * part / 4);
                var text = WireJson.mapper().writeValueAsString(message);
                var sent = new ProducerRecord<>(SceneRequest.TOPIC, Long.toString(jobs), text);
                var headers = Map.of(
                        CloudEvents.SPEC_VERSION, "1.0",
                        CloudEvents.ID, UUID.randomUUID().toString(),
                        CloudEvents.TYPE, Vocabulary.typeOf(SceneRequest.CutRequested.class),
                        CloudEvents.SOURCE, "gateway-service",
                        CloudEvents.SUBJECT, Long.toString(jobs),
                        CloudEvents.TIME, Instant.now().toString(),
                        CloudEvents.CONTENT_TYPE, "application/json");
                headers.forEach((name, value) -> sent.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
                producer.send(sent).get();
            }
        }
    }

    /** Music has no frames, so that nothing but the provider takes time. */
    private static SceneRequest.CutRequested cut(long job, int takes) {
        var wanted = IntStream.range(0, takes)
                .mapToObj(n -> new SceneRequest.RequestedTake(
                        UUID.randomUUID(),
                        null,
                        false,
                        new SceneRequest.TakeInput(
                                TakeKind.MUSIC,
                                "stability-ai/stable-audio-2.5",
                                "calm piano " + job + " " + n,
                                null,
                                null,
                                Duration.ofSeconds(4),
                                null,
                                Map.of())))
                .toList();
        return new SceneRequest.CutRequested(
                job,
                1,
                UUID.randomUUID(),
                UUID.randomUUID(),
                "sandbox",
                null,
                SceneRequest.OnSceneFailure.PARTIAL,
                SceneRequest.ErrorStrategy.CONTINUE_WITH_SILENCE,
                wanted,
                new SceneRequest.Finish("16:9", List.of(), null),
                Configuration.BUILT_IN);
    }
}
