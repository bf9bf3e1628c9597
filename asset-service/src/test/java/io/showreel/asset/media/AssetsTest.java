package io.showreel.asset.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.showreel.asset.Caller;
import io.showreel.asset.RunningService;
import io.showreel.objects.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

class AssetsTest extends RunningService {

    private ObjectStore objects;

    @BeforeEach
    void open() {
        objects = context.getBean(ObjectStore.class);
    }

    @AfterEach
    void no_file_waits_any_longer() {
        await().untilAsserted(() -> {
            try (var waiting = Files.list(UPLOADS)) {
                assertThat(waiting).isEmpty();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v3/assets", "/api/v3/assets/unified"})
    void a_photo_is_kept_with_what_is_said_about_it(String path) throws Exception {
        var client = newClient();
        var campaign = newCampaign(client);
        var photo = Pictures.jpeg(400, 300);
        var parts = file(photo, "kitchen 1.jpg", "image/jpeg");
        parts.part("campaign_id", campaign);
        parts.part("tags", "[\"kitchen\", \"warm\", \"kitchen\"]");
        parts.part("metadata", "{\"photographer\": {\"name\": \"Jo\"}}");
        parts.part("description", "The kitchen, seen from the garden – früh");
        var made = data(upload(path, parts));

        assertThat(made)
                .containsEntry("type", "image")
                .containsEntry("name", "kitchen 1.jpg")
                .containsEntry("description", "The kitchen, seen from the garden – früh")
                .containsEntry("tags", List.of("kitchen", "warm"))
                .containsEntry("metadata", Map.of("photographer", Map.of("name", "Jo")))
                .containsEntry("client_id", client)
                .containsEntry("campaign_id", campaign)
                .containsEntry("width", 400)
                .containsEntry("height", 300)
                .containsEntry("size", photo.length)
                .containsEntry("content_type", "image/jpeg")
                .containsEntry("sha256", sha256(photo))
                .containsKeys("source_url", "duration", "thumbnail_url", "inserted_at", "updated_at")
                .doesNotContainKey("object");
        assertThat(data(get("/api/v3/assets/" + made.get("id")))).isEqualTo(made);
        assertThat(get((String) made.get("url")).expectBody().returnResult().getResponseBody())
                .isEqualTo(photo);
    }

    @ParameterizedTest
    @CsvSource({"1, 400, 300", "2, 400, 300", "3, 400, 300", "5, 300, 400", "6, 300, 400", "8, 300, 400"})
    void dimensions_are_those_that_people_see(int orientation, int width, int height) {
        var parts = file(Pictures.rotatedJpeg(400, 300, orientation), "a.jpg", "image/jpeg");
        assertThat(data(uploadFor(newClient(), parts)))
                .containsEntry("width", width)
                .containsEntry("height", height);
    }

    @Test
    void every_kind_of_image_tells_its_dimensions() {
        var client = newClient();
        assertThat(data(uploadFor(client, file(Pictures.jpeg(30, 40), "a.jpeg", "image/jpeg"))))
                .containsEntry("width", 30)
                .containsEntry("height", 40);
        assertThat(data(uploadFor(client, file(Pictures.png(50, 20), "a.png", "image/png"))))
                .containsEntry("width", 50)
                .containsEntry("height", 20);
        assertThat(data(uploadFor(client, file(Films.webp(70, 90, true), "a.webp", "image/webp"))))
                .containsEntry("width", 70)
                .containsEntry("height", 90);
        assertThat(data(uploadFor(client, file(Films.webp(64, 48, false), "b.webp", "image/webp"))))
                .containsEntry("width", 64)
                .containsEntry("height", 48);
    }

    @Test
    void parts_may_come_in_any_order_and_declare_nothing() throws Exception {
        var photo = Pictures.png(4, 3);
        var parts = new MultipartBodyBuilder();
        parts.part("name", "Front");
        parts.part("client_id", newClient());
        parts.part("file", new ByteArrayResource(photo))
                .filename("no-extension")
                .contentType(MediaType.APPLICATION_OCTET_STREAM);
        parts.part("type", "image");
        assertThat(data(upload("/api/v3/assets", parts)))
                .containsEntry("name", "Front")
                .containsEntry("content_type", "image/png");
    }

    @Test
    void the_same_photo_twice_is_two_assets_and_one_object() {
        var campaign = newCampaign(newClient());
        var photo = Pictures.noise(31, 17);
        var before = countObjects("thumbnails/");
        var one = data(uploadTo(campaign, file(photo, "a.png", "image/png")));
        var other = data(uploadTo(campaign, file(photo, "b.png", "image/png")));
        assertThat(one.get("id")).isNotEqualTo(other.get("id"));
        listed("/api/v3/campaigns/" + campaign + "/assets", (String) other.get("id"), (String) one.get("id"));
        assertThat(countObjects("assets/" + one.get("sha256"))).isEqualTo(1);
        assertThat(countObjects("thumbnails/")).isEqualTo(before + 1);
    }

    @Test
    void an_asset_needs_an_owner_that_exists_and_fits() {
        var photo = Pictures.jpeg(4, 3);
        refused(upload("/api/v3/assets", file(photo, "a.jpg", "image/jpeg")), 422, "validation_failed", "campaign_id");
        refused(
                uploadFor("01900000-0000-7000-8000-000000000000", file(photo, "a.jpg", "image/jpeg")),
                422,
                "validation_failed",
                "client_id");
        var parts = file(photo, "a.jpg", "image/jpeg");
        parts.part("campaign_id", newCampaign(newClient()));
        refused(uploadFor(newClient(), parts), 422, "validation_failed", "client_id");
    }

    @Test
    void fields_are_as_strict_as_json() {
        var photo = Pictures.jpeg(4, 3);
        for (var wrong : List.of(
                List.of("tags", "kitchen"),
                List.of("tags", "[1]"),
                List.of("tags", "{}"),
                List.of("metadata", "[]"),
                List.of("colour", "red"),
                List.of("name", "x".repeat(256)),
                List.of("client_id", "x"))) {
            var parts = file(photo, "a.jpg", "image/jpeg");
            if (!wrong.getFirst().equals("client_id")) {
                parts.part("client_id", newClient());
            }
            parts.part(wrong.getFirst(), wrong.getLast());
            var problem = upload("/api/v3/assets", parts)
                    .expectStatus()
                    .isEqualTo(422)
                    .expectBody(String.class)
                    .returnResult()
                    .getResponseBody();
            assertThat(problem).contains("\"validation_failed\"").contains("\"" + wrong.getFirst());
        }
        var without = new MultipartBodyBuilder();
        without.part("client_id", newClient());
        refused(upload("/api/v3/assets", without), 422, "validation_failed", "file");
        refused(uploadFor(newClient(), file(new byte[0], "a.jpg", "image/jpeg")), 422, "validation_failed", "file");
    }

    @Test
    void the_content_decides_what_a_file_is() {
        var client = newClient();
        unsupported(uploadFor(client, file(Pictures.starting("GIF89a"), "a.gif", "image/gif")), "JPEG, PNG or WebP");
        unsupported(uploadFor(client, file(Pictures.starting("GIF89a"), "a.jpg", "image/jpeg")), "JPEG, PNG or WebP");
        unsupported(uploadFor(client, file(Pictures.boxes("heic", 500), "a.heic", "image/heic")), "export it as JPEG");
        unsupported(uploadFor(client, file(Pictures.png(4, 3), "a.png", "image/jpeg")), "declared as image/jpeg");
        unsupported(uploadFor(client, file(Pictures.png(4, 3), "a.jpg", "image/png")), "extension");
        unsupported(
                uploadFor(client, file(Arrays.copyOf(Pictures.jpeg(40, 30), 20), "a.jpg", "image/jpeg")), "cut off");
        var video = file(Pictures.jpeg(4, 3), "a.jpg", "image/jpeg");
        video.part("type", "video");
        unsupported(uploadFor(client, video), "image/jpeg");
        assertThat(count("select count(*) from asset where client_id = '" + client + "'"))
                .isZero();
    }

    @Test
    void what_is_too_large_for_its_kind_is_refused() {
        var client = newClient();
        var tooLarge = Pictures.noise(800, 600);
        assertThat(tooLarge.length).isGreaterThan(1024 * 1024);
        refused(uploadFor(client, file(tooLarge, "a.png", "image/png")), 413, "payload_too_large", null);
        uploadFor(client, file(Films.mp4(tooLarge.length), "a.mp4", "video/mp4"))
                .expectStatus()
                .isCreated();
        assertThat(count("select count(*) from asset where client_id = '" + client + "'"))
                .isEqualTo(1);
    }

    @Test
    void a_large_video_comes_back_as_it_went_in() throws Exception {
        var video = Films.mp4(24 * 1024 * 1024);
        var made = data(uploadFor(newClient(), file(video, "tour.mp4", "video/mp4")));
        assertThat(made).containsEntry("type", "video").containsEntry("sha256", sha256(video));
        var connection =
                URI.create("http://localhost:" + port + made.get("url")).toURL().openConnection();
        try (var back = connection.getInputStream()) {
            assertThat(sha256(back.readAllBytes())).isEqualTo(sha256(video));
        }
    }

    @Test
    void an_upload_that_breaks_off_leaves_nothing() throws IOException {
        var client = newClient();
        var head = """
                --b\r
                Content-Disposition: form-data; name="client_id"\r
                \r
                %s\r
                --b\r
                Content-Disposition: form-data; name="file"; filename="a.png"\r
                Content-Type: image/png\r
                \r
                """.formatted(client).getBytes(StandardCharsets.ISO_8859_1);
        var photo = Pictures.noise(400, 400);
        try (var socket = new Socket("localhost", port)) {
            var out = socket.getOutputStream();
            out.write(
                    "POST /api/v3/assets HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: %d\r\n\r\n"
                            .formatted(head.length + photo.length + 9)
                            .getBytes(StandardCharsets.ISO_8859_1));
            out.write(head);
            out.write(photo, 0, photo.length / 2);
            out.flush();
            await().until(() -> {
                try (var waiting = Files.list(UPLOADS)) {
                    return waiting.anyMatch(file -> file.toFile().length() > 10_000);
                }
            });
        }
        no_file_waits_any_longer();
        assertThat(count("select count(*) from asset where client_id = '" + client + "'"))
                .isZero();
        try (var kept = objects.list("assets/")) {
            assertThat(kept).noneMatch(object -> object.toString().contains(sha256(photo)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-99 | 206 | 0 | 100",
                "bytes=100- | 206 | 100 | -1",
                "bytes=-50 | 206 | -50 | -1",
                "bytes=200-99999999 | 206 | 200 | -1",
                "bytes=99999999- | 416 | 0 | 0",
                "bytes=5-1 | 200 | 0 | -1",
                "bytes=0-1,4-5 | 200 | 0 | -1"
            })
    void data_is_served_in_ranges(String range, int status, int from, int count) {
        var photo = Pictures.noise(60, 40);
        var url = (String)
                data(uploadFor(newClient(), file(photo, "a.png", "image/png"))).get("url");
        var answer = get(url, "Range", range).expectStatus().isEqualTo(status);
        if (status == 416) {
            answer.expectHeader().valueEquals("Content-Range", "bytes */" + photo.length);
            return;
        }
        var first = from < 0 ? photo.length + from : from;
        var end = count < 0 ? photo.length : first + count;
        if (status == 206) {
            answer.expectHeader()
                    .valueEquals("Content-Range", "bytes %d-%d/%d".formatted(first, end - 1, photo.length));
        }
        assertThat(answer.expectBody().returnResult().getResponseBody())
                .isEqualTo(Arrays.copyOfRange(photo, first, end));
    }

    @Test
    void data_is_sent_again_only_when_it_changed() {
        var photo = Pictures.png(60, 40);
        var made = data(uploadFor(newClient(), file(photo, "a.png", "image/png")));
        var path = "/api/v3/assets/" + made.get("id") + "/data";
        var etag = "\"" + made.get("sha256") + "\"";
        var first = get(path)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", etag)
                .expectHeader()
                .valueEquals("Cache-Control", "no-cache")
                .expectHeader()
                .valueEquals("Accept-Ranges", "bytes")
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectHeader()
                .contentType("image/png")
                .expectBody()
                .returnResult();
        var modified = first.getResponseHeaders().getFirst("Last-Modified");
        get(path, "If-None-Match", etag)
                .expectStatus()
                .isNotModified()
                .expectBody()
                .isEmpty();
        get(path, "If-Modified-Since", modified).expectStatus().isNotModified();
        get(path, "Range", "bytes=0-1", "If-Range", etag).expectStatus().isEqualTo(HttpStatus.PARTIAL_CONTENT);
        get(path, "Range", "bytes=0-1", "If-Range", "\"other\"").expectStatus().isOk();
        client().method(HttpMethod.HEAD)
                .uri(path)
                .header("Range", "bytes=0-1")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentLength(photo.length)
                .expectBody()
                .isEmpty();
    }

    @Test
    void a_link_names_the_bytes_and_may_be_kept() {
        var made = data(uploadFor(newClient(), file(Pictures.png(6, 4), "a.png", "image/png")));
        var url = (String) made.get("url");
        assertThat(url).contains("?v=").contains("&expires=").contains("&signature=");
        get(url).expectHeader()
                .value("Cache-Control", cache -> assertThat(cache).matches("private, max-age=\\d+, immutable"));
        get("/api/v3/assets/" + made.get("id") + "/data?v=other").expectStatus().isNotFound();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../../etc/passwd.png | passwd.png | filename*=UTF-8''passwd.png",
                "a';b=c.png | a';b=c.png | filename*=UTF-8''a%27%3Bb%3Dc.png",
                "Küche 日本.png | Küche 日本.png | filename*=UTF-8''K%C3%BCche%20%E6%97%A5%E6%9C%AC.png",
                "page.html | page.html | filename*=UTF-8''page.html.png"
            })
    void hostile_names_are_made_harmless(String given, String name, String disposition) {
        var made = data(uploadFor(newClient(), file(Pictures.png(6, 4), given, "image/png")));
        assertThat(made).containsEntry("name", name);
        get("/api/v3/assets/" + made.get("id") + "/data")
                .expectHeader()
                .contentType("image/png")
                .expectHeader()
                .value("Content-Disposition", value -> assertThat(value)
                        .startsWith("inline;")
                        .contains(disposition)
                        .doesNotContain("\r", "\n", "/"));
    }

    @Test
    void assets_are_listed_newest_first_and_narrowed() {
        var client = newClient();
        var campaign = newCampaign(client);
        var kitchen = file(Pictures.png(6, 4), "kitchen.png", "image/png");
        kitchen.part("campaign_id", campaign);
        kitchen.part("tags", "[\"kitchen\"]");
        var first = id(upload("/api/v3/assets", kitchen));
        var second = id(uploadFor(client, file(Films.of("a.m4a", "sine=duration=0.5"), "a.m4a", "audio/mp4")));
        listed("/api/v3/assets?client_id=" + client, second, first);
        listed("/api/v3/assets?campaign_id=" + campaign, first);
        listed("/api/v3/campaigns/" + campaign + "/assets", first);
        listed("/api/v3/assets?type=audio&client_id=" + client, second);
        listed("/api/v3/assets?tag=kitchen&client_id=" + client, first);
        listed("/api/v3/assets?tag=kit&client_id=" + client);
        listed("/api/v3/assets?limit=1&offset=1&client_id=" + client, first);
        get("/api/v3/assets?type=text").expectStatus().isEqualTo(422);
        client().get()
                .uri(URI.create("http://localhost:" + port + "/api/v3/assets?tag=%00"))
                .exchange()
                .expectStatus()
                .isEqualTo(422);
    }

    @Test
    void an_asset_can_be_described_anew_and_moved() {
        var client = newClient();
        var asset = id(uploadFor(client, file(Pictures.png(6, 4), "a.png", "image/png")));
        var path = "/api/v3/assets/" + asset;
        assertThat(data(patch(path, "{\"name\": \"Terrace\", \"tags\": [\"outside\"]}")))
                .containsEntry("name", "Terrace")
                .containsEntry("tags", List.of("outside"))
                .containsEntry("client_id", client);
        var otherClient = newClient();
        var campaign = newCampaign(otherClient);
        assertThat(data(patch(path, "{\"campaign_id\": \"%s\"}".formatted(campaign))))
                .containsEntry("campaign_id", campaign)
                .containsEntry("client_id", otherClient);
        patch(path, "{\"client_id\": \"%s\"}".formatted(client)).expectStatus().isEqualTo(422);
        patch(path, "{\"sha256\": \"x\"}").expectStatus().isEqualTo(422);
        patch(path, "{\"name\": null}").expectStatus().isEqualTo(422);

        delete("/api/v3/campaigns/" + campaign).expectStatus().isNoContent();
        assertThat(data(get(path))).containsEntry("campaign_id", null).containsEntry("client_id", otherClient);
    }

    @Test
    void a_deleted_asset_is_hidden_at_once_and_its_object_stays() {
        var client = newClient();
        var made = data(uploadFor(client, file(Pictures.noise(9, 9), "a.png", "image/png")));
        var path = "/api/v3/assets/" + made.get("id");
        delete(path).expectStatus().isNoContent();
        get(path).expectStatus().isNotFound();
        get((String) made.get("url")).expectStatus().isNotFound();
        delete(path).expectStatus().isNotFound();
        listed("/api/v3/assets?client_id=" + client);
        try (var kept = objects.list("assets/" + made.get("sha256"))) {
            assertThat(kept).hasSize(1);
        }
        delete("/api/v3/clients/" + client).expectStatus().isNoContent();
    }

    @Test
    void a_key_bound_to_other_clients_sees_no_asset() {
        var asset = id(uploadFor(newClient(), file(Pictures.png(6, 4), "a.png", "image/png")));
        var bound = new String[] {Caller.CLIENTS_HEADER, newClient()};
        get("/api/v3/assets/" + asset, bound).expectStatus().isNotFound();
        get("/api/v3/assets/" + asset + "/data", bound).expectStatus().isNotFound();
        delete("/api/v3/assets/" + asset, bound).expectStatus().isNotFound();
        get("/api/v3/assets", bound).expectBody().jsonPath("$.meta.total").isEqualTo(0);
    }

    @Test
    void a_photo_has_a_thumbnail_that_is_served_as_media_are() throws Exception {
        var campaign = newCampaign(newClient());
        var made = data(uploadTo(campaign, file(Pictures.rotatedJpeg(1280, 720, 6), "a.jpg", "image/jpeg")));
        var url = (String) made.get("thumbnail_url");
        assertThat(url).contains("/thumbnail?v=").contains("&signature=");
        var whole = get(url).expectStatus()
                .isOk()
                .expectHeader()
                .contentType("image/jpeg")
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectHeader()
                .value("Cache-Control", cache -> assertThat(cache).contains("immutable"))
                .expectBody()
                .returnResult();
        var bytes = whole.getResponseBody();
        var image = ImageIO.read(new ByteArrayInputStream(bytes));
        assertThat(image.getWidth()).isEqualTo(640);
        assertThat(image.getHeight()).isEqualTo(1138);
        var etag = whole.getResponseHeaders().getETag();
        assertThat(etag).isEqualTo("\"" + sha256(bytes) + "\"");
        get(url, "If-None-Match", etag).expectStatus().isNotModified();
        get(url, "Range", "bytes=1-3")
                .expectStatus()
                .isEqualTo(206)
                .expectHeader()
                .valueEquals("Content-Range", "bytes 1-3/" + bytes.length);
        var path = "/api/v3/assets/" + made.get("id") + "/thumbnail";
        get(path).expectHeader().valueEquals("Cache-Control", "no-cache");
        get(path + "?v=other").expectStatus().isNotFound();
        get("/api/v3/campaigns/" + campaign + "/assets")
                .expectBody()
                .jsonPath("$.data[0].thumbnail_url")
                .isEqualTo(url);
    }

    @Test
    void a_thumbnail_that_nobody_asks_for_is_made_when_uploads_have_had_their_time() {
        var made = data(uploadFor(newClient(), file(Pictures.jpeg(1280, 720), "a.jpg", "image/jpeg")));

        await().untilAsserted(() -> assertThat(thumbnailOf(made)).isNotNull());
        assertThat(objects.stat(URI.create(String.valueOf(thumbnailOf(made)))).contentType())
                .isEqualTo("image/jpeg");
    }

    @Test
    void a_photo_that_is_gone_costs_no_other_its_thumbnail() {
        var client = newClient();
        var gone = data(uploadFor(client, file(Pictures.jpeg(320, 200), "gone.jpg", "image/jpeg")));
        objects.delete(URI.create(String.valueOf(column("object", gone))));
        var made = data(uploadFor(client, file(Pictures.jpeg(300, 200), "there.jpg", "image/jpeg")));

        await().untilAsserted(() -> assertThat(thumbnailOf(made)).isNotNull());
        await().untilAsserted(() -> assertThat(column("thumbnail_due", gone))
                .as("it isn't tried for ever")
                .isEqualTo(false));
        get("/api/v3/assets/" + gone.get("id") + "/thumbnail").expectStatus().isNotFound();
        get("/api/v3/assets/" + gone.get("id"))
                .expectBody()
                .jsonPath("$.data.thumbnail_url")
                .isEmpty();
    }

    private @Nullable Object thumbnailOf(Map<String, Object> asset) {
        return column("thumbnail", asset);
    }

    private @Nullable Object column(String name, Map<String, Object> asset) {
        return database.sql("select " + name + " from asset where id = :id")
                .bind("id", UUID.fromString(String.valueOf(asset.get("id"))))
                .fetch()
                .one()
                .map(row -> Optional.ofNullable(row.get(name)))
                .block(Duration.ofSeconds(10))
                .orElse(null);
    }

    @Test
    void a_video_tells_its_length_and_has_a_thumbnail() {
        var film = Films.turned("tour.mov", 90);
        var made = data(uploadFor(newClient(), file(film, "tour.mov", "video/quicktime")));
        assertThat(made)
                .containsEntry("type", "video")
                .containsEntry("width", 240)
                .containsEntry("height", 320)
                .containsEntry("duration", 2.0);
        get((String) made.get("thumbnail_url"))
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType("image/jpeg");
    }

    @Test
    void audio_tells_its_length_and_has_no_thumbnail() {
        var sound = Films.of("hum.wav", "sine=duration=1.5");
        var made = data(uploadFor(newClient(), file(sound, "hum.wav", "audio/wav")));
        assertThat(made)
                .containsEntry("duration", 1.5)
                .containsEntry("thumbnail_url", null)
                .containsEntry("width", null);
        get("/api/v3/assets/" + made.get("id") + "/thumbnail").expectStatus().isNotFound();
    }

    private void listed(String path, String... ids) {
        var answer = get(path).expectStatus().isOk().expectBody();
        answer.jsonPath("$.data.length()").isEqualTo(ids.length);
        for (int i = 0; i < ids.length; i++) {
            answer.jsonPath("$.data[" + i + "].id").isEqualTo(ids[i]);
        }
    }

    private static MultipartBodyBuilder file(byte[] bytes, String name, String contentType) {
        var parts = new MultipartBodyBuilder();
        parts.part("file", new ByteArrayResource(bytes)).filename(name).contentType(MediaType.valueOf(contentType));
        return parts;
    }

    private WebTestClient.ResponseSpec uploadFor(String client, MultipartBodyBuilder parts) {
        parts.part("client_id", client);
        return upload("/api/v3/assets", parts);
    }

    private WebTestClient.ResponseSpec uploadTo(String campaign, MultipartBodyBuilder parts) {
        parts.part("campaign_id", campaign);
        return upload("/api/v3/assets", parts);
    }

    private long countObjects(String prefix) {
        try (var kept = objects.list(prefix)) {
            return kept.count();
        }
    }

    private WebTestClient.ResponseSpec upload(String path, MultipartBodyBuilder parts) {
        return client().post()
                .uri(path)
                .body(BodyInserters.fromMultipartData(parts.build()))
                .exchange();
    }

    private static void unsupported(WebTestClient.ResponseSpec answer, String help) {
        answer.expectStatus()
                .isEqualTo(415)
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("unsupported_media")
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains(help));
    }

    private static void refused(WebTestClient.ResponseSpec answer, int status, String code, String field) {
        var body = answer.expectStatus().isEqualTo(status).expectBody();
        body.jsonPath("$.error.code").isEqualTo(code);
        if (field != null) {
            body.jsonPath("$.error.details['" + field + "'][0]").exists();
        }
    }

    private long count(String sql) {
        return database.sql(sql)
                .map(row -> row.get(0, Long.class))
                .one()
                .blockOptional()
                .orElseThrow();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
