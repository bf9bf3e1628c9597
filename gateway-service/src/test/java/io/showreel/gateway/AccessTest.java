package io.showreel.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.web.MediaLinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {

    private static final UUID OURS = UUID.randomUUID();
    private static final UUID THEIRS = UUID.randomUUID();
    private static final Neighbourhood neighbours = Installation.shared().neighbours;

    private static RunningGateway guarded;

    @BeforeAll
    static void start() {
        guarded = Installation.shared()
                .start(Map.of(
                        "showreel.api-keys[0].name",
                        "all",
                        "showreel.api-keys[0].sha256",
                        sha256("key-of-all"),
                        "showreel.api-keys[1].name",
                        "ours",
                        "showreel.api-keys[1].sha256",
                        sha256("key-of-ours"),
                        "showreel.api-keys[1].client-ids",
                        OURS,
                        "showreel.api-keys[2].name",
                        "hasty",
                        "showreel.api-keys[2].sha256",
                        sha256("key-of-hasty"),
                        "showreel.rate-limit.per-second",
                        1,
                        "showreel.rate-limit.burst",
                        40,
                        "showreel.media.secret",
                        "media-secret"));
    }

    @AfterAll
    static void stop() {
        guarded.close();
    }

    @Test
    void nobody_comes_in_without_a_valid_key() {
        var none = guarded.get("/api/v3/jobs");
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.code()).isEqualTo("unauthorized");
        assertThat(guarded.get("/api/v3/jobs", "X-API-Key", "guess").status()).isEqualTo(401);
        assertThat(guarded.get("/api/v3/clients").status()).isEqualTo(401);
        assertThat(guarded.get("/api/v3/assets/1/data").status()).isEqualTo(401);
        assertThat(guarded.get("/api/v3/jobs", "X-API-Key", "key-of-all").status())
                .isEqualTo(200);
    }

    @Test
    void health_and_webhooks_are_open_to_everybody() {
        assertThat(guarded.get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(guarded.post("/api/webhooks/replicate", "{}").status()).isEqualTo(200);
        assertThat(guarded.get("/actuator/env").status()).isEqualTo(401);
    }

    @Test
    void everything_of_other_clients_is_not_there() {
        var theirs = create(neighbours.campaign(THEIRS, 2), "key-of-all");
        long id = theirs.json().path("data").path("job_id").asLong();
        var path = "/api/v3/jobs/" + id;
        assertThat(theirs.status()).as(theirs.toString()).isEqualTo(201);
        assertThat(guarded.get(path, "X-API-Key", "key-of-all").status()).isEqualTo(200);

        var ours = new String[] {"X-API-Key", "key-of-ours"};
        assertThat(guarded.get(path, ours).status()).isEqualTo(404);
        assertThat(guarded.get(path + "/scenes", ours).status()).isEqualTo(404);
        assertThat(guarded.get(path + "/takes", ours).status()).isEqualTo(404);
        assertThat(guarded.get(path + "/webhook-deliveries", ours).status()).isEqualTo(404);
        assertThat(guarded.post("/api/v3/clients/" + THEIRS + "/webhook-secret", "", ours)
                        .status())
                .isEqualTo(404);
        assertThat(guarded.post(path + "/approve", "{}", ours).status()).isEqualTo(404);
        assertThat(guarded.post(path + "/cancel", "", ours).status()).isEqualTo(404);
        assertThat(guarded.post(path + "/retry", "", ours).status()).isEqualTo(404);
        assertThat(guarded.get("/api/v3/videos/" + id + "/combined", ours).status())
                .isEqualTo(404);
        assertThat(create(neighbours.campaign(THEIRS, 2), "key-of-ours").status())
                .isEqualTo(404);

        assertThat(create(neighbours.campaign(OURS, 2), "key-of-ours").status()).isEqualTo(201);
        var listed = guarded.get("/api/v3/jobs", ours).json().path("data");
        assertThat(listed).isNotEmpty();
        assertThat(listed)
                .allSatisfy(job -> assertThat(job.path("client_id").asString()).isEqualTo(OURS.toString()));
        guarded.get("/api/v3/assets", ours);
        assertThat(neighbours.last("/api/v3/assets").headers())
                .containsEntry("X-Showreel-Key", "ours")
                .containsEntry("X-Showreel-Clients", OURS.toString());
    }

    @Test
    void two_keys_may_use_the_same_idempotency_key_for_different_things() {
        var one = guarded.post(
                "/api/v3/campaigns/" + neighbours.campaign(OURS, 2) + "/create-job",
                "{}",
                "X-API-Key",
                "key-of-all",
                "Idempotency-Key",
                "same",
                "Prefer",
                "wait=0");
        var other = guarded.post(
                "/api/v3/campaigns/" + neighbours.campaign(OURS, 2) + "/create-job",
                "{}",
                "X-API-Key",
                "key-of-ours",
                "Idempotency-Key",
                "same",
                "Prefer",
                "wait=0");

        assertThat(one.status()).isEqualTo(201);
        assertThat(other.status()).isEqualTo(201);
    }

    @Test
    void who_asks_too_often_is_told_when_to_come_again() {
        RunningGateway.Answer answer;
        int answered = 0;
        do {
            answer = guarded.get("/api/v3/jobs?limit=1", "X-API-Key", "key-of-hasty");
            answered++;
        } while (answer.status() == 200 && answered < 200);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answered).isGreaterThan(40);
        assertThat(answer.code()).isEqualTo("rate_limited");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.header("RateLimit-Limit")).isEqualTo("40");
        assertThat(answer.header("RateLimit-Remaining")).isEqualTo("0");
        assertThat(guarded.get("/api/v3/jobs?limit=1", "X-API-Key", "key-of-all")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void media_links_are_signed_and_their_day_is_in_the_etag() {
        var created = create(neighbours.campaign(OURS, 2), "key-of-all");
        var job = guarded.get(created.json().path("links").path("self").asString(), "X-API-Key", "key-of-all");
        var link = guarded.bean(MediaLinks.class).link("/api/v3/assets/1/data", "abc");

        assertThat(job.header("ETag")).matches("\"\\d+-\\d+\"");
        assertThat(link).contains("expires=", "signature=");
        assertThat(guarded.get(link).status()).isEqualTo(200);
        assertThat(guarded.get(link.replace("signature=", "signature=x")).status())
                .isEqualTo(401);
        assertThat(guarded.get(link.replaceFirst("\\?.*", "")).status()).isEqualTo(401);
    }

    @Test
    void a_player_that_sends_no_key_may_follow_the_links_of_a_job_until_they_end(@TempDir Path folder)
            throws IOException {
        var bytes = "the film of a client".getBytes(UTF_8);
        var job = FinishedJob.with(Files.write(folder.resolve("film.mp4"), bytes), OURS);
        var seen = guarded.get("/api/v3/jobs/" + job.id(), "X-API-Key", "key-of-ours")
                .json();
        var clip =
                seen.path("storyboard").path("scenes").path(0).path("clip_url").asString();

        for (var link : List.of(seen.path("video_url").asString(), clip)) {
            var watched = guarded.get(link);
            assertThat(watched.status()).as(link).isEqualTo(200);
            assertThat(watched.response().body()).isEqualTo(bytes);
            assertThat(watched.header("Cache-Control")).matches("private, max-age=\\d{5,6}, immutable");
            assertThat(guarded.send("HEAD", link, null).status()).isEqualTo(200);
            assertThat(guarded.get(link.replaceFirst("v=[^&]+", "v=2")).status())
                    .isEqualTo(401);
            assertThat(guarded.get(link.replaceFirst("\\?.*", "")).status()).isEqualTo(401);
        }
        var track = guarded.bean(MediaLinks.class).link("/api/v3/videos/" + job.id() + "/track.vtt", "1");
        var sprite = new String(guarded.get(track).response().body(), UTF_8)
                .lines()
                .filter(line -> line.contains("#xywh"))
                .findFirst()
                .orElseThrow();
        assertThat(guarded.get(sprite.replaceFirst("#.*", "")).status()).isEqualTo(200);
        assertThat(guarded.get(job.film(), "X-API-Key", "key-of-ours").header("Cache-Control"))
                .isEqualTo("no-cache");
    }

    @Test
    void pages_of_local_origins_may_call_and_others_may_not() {
        var preflight = new String[] {"Origin", "http://localhost:5173", "Access-Control-Request-Method", "POST"};
        var allowed = guarded.send("OPTIONS", "/api/v3/jobs", null, preflight);
        assertThat(allowed.status()).isEqualTo(200);
        assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo("http://localhost:5173");

        preflight[1] = "https://evil.example";
        assertThat(guarded.send("OPTIONS", "/api/v3/jobs", null, preflight).status())
                .isEqualTo(403);
    }

    private static RunningGateway.Answer create(UUID campaign, String key) {
        return guarded.post(
                "/api/v3/campaigns/" + campaign + "/create-job", "{}", "X-API-Key", key, "Prefer", "wait=0");
    }

    private static String sha256(String key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
