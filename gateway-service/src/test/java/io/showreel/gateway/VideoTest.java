package io.showreel.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Films, clips and their pictures, as players ask for them. */
class VideoTest {

    private static final RunningGateway gateway = Installation.shared().gateway;
    private static final RunningGateway replica = Installation.shared().replica;
    private static final byte[] BYTES = "not quite a film".repeat(1000).getBytes(UTF_8);

    private static FinishedJob job;

    @BeforeAll
    static void finish(@TempDir Path folder) throws IOException {
        job = FinishedJob.with(Files.write(folder.resolve("film.mp4"), BYTES));
    }

    @Test
    void a_clip_has_three_names() {
        var take = job.cut().takes().getFirst();
        var scene = take.sceneId().toString();

        for (var name : List.of("clip_" + scene + ".mp4", scene + ".mp4", scene, scene.toUpperCase(Locale.ROOT))) {
            var clip = gateway.get(clips() + name);
            assertThat(clip.status()).as(name).isEqualTo(200);
            assertThat(clip.response().body()).isEqualTo(BYTES);
            assertThat(clip.header("Content-Type")).isEqualTo("video/mp4");
            assertThat(clip.header("Cache-Control")).isEqualTo("no-cache");
        }
        assertThat(gateway.get(clips() + scene + "?v=" + take.takeId()).header("Cache-Control"))
                .isEqualTo("public, max-age=31536000, immutable");
        for (var name : List.of(
                scene + "?v=" + UUID.randomUUID(),
                UUID.randomUUID().toString(),
                "clip_" + scene + ".mov",
                "clip_.mp4",
                "film.mp4")) {
            assertThat(gateway.get(clips() + name).status()).as(name).isEqualTo(404);
        }
    }

    @Test
    void head_tells_of_everything_what_get_does_and_sends_no_bytes() {
        for (var path : List.of(
                job.film(),
                job.film() + "?v=1",
                videos() + "/thumbnail",
                videos() + "/poster",
                videos() + "/sprite.jpg",
                videos() + "/track.vtt",
                clips() + job.cut().takes().getFirst().sceneId() + "/thumbnail",
                clips() + job.cut().takes().getFirst().sceneId())) {
            var get = gateway.get(path);
            var head = replica.send("HEAD", path, null, "Range", "bytes=0-4");

            assertThat(head.status()).as(path).isEqualTo(200);
            assertThat(head.response().body()).isEmpty();
            for (var name : List.of(
                    "ETag",
                    "Last-Modified",
                    "Content-Length",
                    "Content-Type",
                    "Accept-Ranges",
                    "Cache-Control",
                    "Content-Disposition",
                    "X-Content-Type-Options")) {
                assertThat(head.header(name))
                        .as(name + " of " + path)
                        .isNotNull()
                        .isEqualTo(get.header(name));
            }
        }
    }

    @Test
    void a_clips_thumbnail_goes_by_its_clips_names_and_version() {
        var take = job.cut().takes().getFirst();

        for (var name : List.of("clip_" + take.sceneId() + ".mp4", take.sceneId() + ".mp4", "" + take.sceneId())) {
            var thumbnail = gateway.get(clips() + name + "/thumbnail?v=" + take.takeId());
            assertThat(thumbnail.status()).as(name).isEqualTo(200);
            assertThat(thumbnail.header("Content-Type")).isEqualTo("image/jpeg");
            assertThat(thumbnail.header("Cache-Control")).contains("immutable");
        }
        assertThat(gateway.get(clips() + take.sceneId() + "/thumbnail?v=" + UUID.randomUUID())
                        .status())
                .isEqualTo(404);
        assertThat(gateway.get(clips() + UUID.randomUUID() + "/thumbnail").status())
                .isEqualTo(404);
    }

    @Test
    void what_a_player_shows_before_and_beside_a_film_is_served_by_its_revision() {
        var film = gateway.get("/api/v3/jobs/" + job.id()).json().path("film");
        assertThat(film.path("poster_url").asString()).isEqualTo(videos() + "/poster?v=1");
        assertThat(film.path("sprite_url").asString()).isEqualTo(videos() + "/sprite.jpg?v=1");
        assertThat(film.path("track_url").asString()).isEqualTo(videos() + "/track.vtt?v=1");
        for (var part :
                Map.of("poster", "image/webp", "sprite.jpg", "image/jpeg").entrySet()) {
            var shown = gateway.get(videos() + "/" + part.getKey() + "?v=1");
            assertThat(shown.status()).as(part.getKey()).isEqualTo(200);
            assertThat(shown.header("Content-Type")).isEqualTo(part.getValue());
            assertThat(shown.header("Cache-Control")).contains("immutable");
            assertThat(gateway.get(videos() + "/" + part.getKey() + "?v=2").status())
                    .isEqualTo(404);
        }
        var track = gateway.get(videos() + "/track.vtt?v=1");
        assertThat(track.header("Content-Type")).isEqualTo("text/vtt");
        assertThat(new String(track.response().body(), UTF_8))
                .startsWith("WEBVTT")
                .contains("\n" + videos() + "/sprite.jpg?v=1#xywh=160,0,160,90\n");
        assertThat(gateway.get(videos() + "/track.vtt", "If-None-Match", track.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(gateway.get(videos() + "/track.vtt?v=2").status()).isEqualTo(404);
    }

    @Test
    void a_version_is_for_ever_and_no_version_is_asked_for_each_time() {
        assertThat(gateway.get(job.film() + "?v=1").header("Cache-Control"))
                .isEqualTo("public, max-age=31536000, immutable");
        for (var unknown : List.of("?v=2", "?v=0", "?v=", "?v=x", "?v=01")) {
            assertThat(gateway.get(job.film() + unknown).status()).as(unknown).isEqualTo(404);
        }
        var newest = gateway.get(job.film());
        assertThat(newest.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(newest.header("ETag")).matches("\"[0-9a-f]{64}\"");
        assertThat(replica.get(job.film(), "If-None-Match", newest.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(gateway.get("/api/v3/videos/999999999/combined").status()).isEqualTo(404);
    }

    @Test
    void a_redirect_leads_to_the_object_itself() throws Exception {
        try (var redirecting = Installation.shared().start(Map.of("showreel.films.delivery", "redirect"));
                var http = HttpClient.newHttpClient()) {
            var answer = redirecting.get(job.film() + "?v=1");
            assertThat(answer.status()).isEqualTo(307);
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            var part = http.send(
                    HttpRequest.newBuilder(URI.create(answer.header("Location")))
                            .header("Range", "bytes=4-8")
                            .build(),
                    BodyHandlers.ofString());
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(part.body()).isEqualTo("quite");

            assertThat(redirecting.get(job.film() + "?v=2").status()).isEqualTo(404);
            var head = redirecting.send("HEAD", job.film(), null);
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(BYTES.length));
        }
    }

    @Test
    void what_is_larger_than_the_shelf_is_streamed_from_the_object_store() {
        try (var small = Installation.shared().start(Map.of("showreel.films.most", "1KB"))) {
            assertThat(small.get(job.film()).response().body()).isEqualTo(BYTES);
            var part = small.get(job.film(), "Range", "bytes=-4");
            assertThat(part.status()).isEqualTo(206);
            assertThat(new String(part.response().body(), UTF_8)).isEqualTo("film");
        }
    }

    private static String videos() {
        return "/api/v3/videos/" + job.id();
    }

    private static String clips() {
        return videos() + "/clips/";
    }
}
