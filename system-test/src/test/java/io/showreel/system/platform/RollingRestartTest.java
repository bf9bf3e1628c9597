package io.showreel.system.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.showreel.system.benchmark.Photos;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two replicas of each service; each of the ten is restarted once, as an orchestrator does it, while jobs are made and
 * polled. As a cluster's proxy would, the client sends nothing to a gateway that is about to leave or not ready yet.
 */
@Tag("nightly")
class RollingRestartTest {

    private static final int JOBS_BEFORE_EACH = 2;
    private static final Duration FOR_ALL_FILMS = Duration.ofMinutes(10);
    private static final Duration TO_COME_BACK = Duration.ofMinutes(5);
    private static final Duration UNTIL_PROXIES_KNOW = Duration.ofSeconds(1);
    private static final List<String> SERVICES = List.of("asset", "selection", "render", "stitch", "gateway");
    private static final int SECOND = 100;

    private final JsonMapper json = new JsonMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final List<URI> inRotation = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger polls = new AtomicInteger();
    private final AtomicInteger askedToComeAgain = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final Set<Long> jobs = new ConcurrentSkipListSet<>();

    @Test
    void a_rolling_restart_loses_no_job_and_fails_no_request() throws Exception {
        try (var showreel = RunningShowreel.start(Tuning.NONE, 2)) {
            inRotation.add(showreel.gateway());
            inRotation.add(URI.create("http://localhost:" + (showreel.port("gateway") + SECOND)));
            var campaign = campaign(new Api(showreel.gateway()));
            new Photos(showreel.gateway()).upload(campaign, 24);

            var stop = new AtomicBoolean();
            var poller = Thread.ofVirtual().start(() -> pollUntil(stop));
            var took = new TreeMap<String, Duration>();
            for (var service : SERVICES) {
                for (var part : List.of(service, service + "-2")) {
                    for (var n = 0; n < JOBS_BEFORE_EACH; n++) {
                        jobs.add(create(campaign));
                    }
                    took.put(part, restart(showreel, part));
                }
            }
            await("all films")
                    .atMost(FOR_ALL_FILMS)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(this::allEnded);
            stop.set(true);
            poller.join();

            System.out.printf(
                    "Rolling restart: %d jobs, %d polls, %d answers of 503 with Retry-After, back after %s%n",
                    jobs.size(), polls.get(), askedToComeAgain.get(), took);
            assertThat(failures).isEmpty();
            var api = new Api(showreel.gateway());
            assertThat(jobs).hasSize(2 * SERVICES.size() * JOBS_BEFORE_EACH);
            for (var job : jobs) {
                assertThat(api.get("/api/v3/jobs/" + job).path("current_stage").asString())
                        .isEqualTo("completed");
                api.get("/api/v3/jobs/" + job + "/takes").path("data").forEach(RollingRestartTest::isPaidOnce);
            }
        }
    }

    private Duration restart(RunningShowreel showreel, String part) throws InterruptedException {
        var service = part.replace("-2", "");
        var address = URI.create("http://localhost:" + (showreel.port(service) + (part.endsWith("-2") ? SECOND : 0)));
        if (service.equals("gateway")) {
            inRotation.remove(address);
            Thread.sleep(UNTIL_PROXIES_KNOW);
        }
        var before = showreel.process(part);
        var start = System.nanoTime();
        showreel.restart(part);
        await(part + " is back")
                .atMost(TO_COME_BACK)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> !before.isAlive() && isReady(address));
        if (service.equals("gateway")) {
            inRotation.add(address);
        }
        return Duration.ofMillis((System.nanoTime() - start) / 1_000_000);
    }

    private boolean isReady(URI service) throws InterruptedException {
        try {
            var readiness = HttpRequest.newBuilder(service.resolve("/actuator/health/readiness"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return http.send(readiness, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void pollUntil(AtomicBoolean stop) {
        while (!stop.get()) {
            for (var job : jobs) {
                try {
                    polls.incrementAndGet();
                    send(request("/api/v3/jobs/" + job).GET());
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }

    private boolean allEnded() throws InterruptedException {
        for (var job : jobs) {
            var answer = send(request("/api/v3/jobs/" + job).GET());
            if (answer == null
                    || !Set.of("completed", "failed", "canceled")
                            .contains(answer.path("status").asString())) {
                return false;
            }
        }
        return true;
    }

    private long create(String campaign) {
        var key = UUID.randomUUID().toString();
        return await("a job")
                .atMost(TO_COME_BACK)
                .pollInterval(Duration.ofMillis(300))
                .until(
                        () -> {
                            var answer = send(request("/api/v3/campaigns/" + campaign + "/create-job")
                                    .header("Content-Type", "application/json")
                                    .header("Prefer", "respond-async")
                                    .header("Idempotency-Key", key)
                                    .POST(BodyPublishers.ofString(
                                            "{\"num_scenes\": 4, \"clip_duration\": 4, \"auto_approve\": true}")));
                            return answer == null
                                    ? 0L
                                    : answer.path("data").path("job_id").asLong();
                        },
                        job -> job > 0);
    }

    private HttpRequest.Builder request(String path) {
        var gateways = List.copyOf(inRotation);
        var gateway = gateways.get(Math.floorMod(turn.getAndIncrement(), gateways.size()));
        return HttpRequest.newBuilder(gateway.resolve(path)).timeout(Duration.ofSeconds(30));
    }

    /** Null if the answer asks to come again; anything else but a success is a failure. */
    private JsonNode send(HttpRequest.Builder builder) throws InterruptedException {
        var request = builder.build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() < 300) {
                return json.readTree(answer.body());
            }
            if (answer.statusCode() == 503
                    && answer.headers().firstValue("Retry-After").isPresent()) {
                askedToComeAgain.incrementAndGet();
            } else {
                failures.add(request.method() + " " + request.uri() + " answered " + answer.statusCode() + ": "
                        + answer.body());
            }
        } catch (IOException e) {
            failures.add(request.method() + " " + request.uri() + ": " + e);
        }
        return null;
    }

    private static String campaign(Api api) {
        var client = api.post("/api/v3/clients", "{\"name\": \"Rolling\"}")
                .path("data")
                .path("id")
                .asString();
        return api.post(
                        "/api/v3/campaigns",
                        "{\"client_id\": \"%s\", \"name\": \"Rolling\", \"brief\": \"Calm\"}".formatted(client))
                .path("data")
                .path("id")
                .asString();
    }

    private static void isPaidOnce(JsonNode take) {
        var paid = new ArrayList<JsonNode>();
        StreamSupport.stream(take.path("predictions").spliterator(), false)
                .filter(prediction -> prediction.path("status").asString().equals("succeeded"))
                .forEach(paid::add);
        assertThat(paid).as(take.toString()).hasSize(1);
    }
}
