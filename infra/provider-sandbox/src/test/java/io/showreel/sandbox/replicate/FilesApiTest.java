package io.showreel.sandbox.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.sandbox.Client;
import io.showreel.sandbox.Ids;
import io.showreel.sandbox.Sandbox;
import io.showreel.sandbox.Settings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesApiTest {
    @TempDir
    Path home;

    private Sandbox sandbox;
    private Client client;

    @BeforeEach
    void start() {
        start(Settings.in(home).instantly());
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void an_upload_is_kept_byte_by_byte() throws IOException {
        var file = randomFile(300_000);

        var uploaded = client.upload(file, "a.jpg", "{\"att\":\"t-1\"}");

        assertThat(uploaded.status()).isEqualTo(201);
        assertThat(uploaded.text("name")).isEqualTo("a.jpg");
        assertThat(uploaded.text("content_type")).isEqualTo("image/jpeg");
        assertThat(uploaded.body().path("size").asLong()).isEqualTo(300_000);
        assertThat(uploaded.body().at("/checksums/sha256").asString()).isEqualTo(Ids.sha256(file));
        assertThat(uploaded.body().at("/metadata/att").asString()).isEqualTo("t-1");
        assertThat(uploaded.body().at("/urls/get").asString())
                .isEqualTo(sandbox.apiUrl() + "/files/" + uploaded.text("id"));
        assertThat(home.resolve("files").resolve(uploaded.text("id"))).hasSameBinaryContentAs(file);
    }

    @Test
    void content_that_looks_like_a_boundary_is_content() throws IOException {
        var file = Files.writeString(
                home.resolve("tricky"), "\r\n\r\n------boundary-of-the-tes\r\r\n------boundary-of-the-tesT\r\n");

        var uploaded = client.upload(file, "tricky", "{}");

        assertThat(home.resolve("files").resolve(uploaded.text("id"))).hasSameBinaryContentAs(file);
    }

    @Test
    void uploads_are_shown_listed_and_deleted() throws IOException {
        var id = client.upload(randomFile(10), "a.jpg", "{}").text("id");

        assertThat(client.get("/files/" + id).status()).isEqualTo(200);
        assertThat(client.get("/files").body().path("results").size()).isEqualTo(1);
        assertThat(new Client(sandbox.apiUrl(), "stranger").get("/files/" + id).status())
                .isEqualTo(404);
        assertThat(client.delete("/files/" + id).status()).isEqualTo(204);
        var gone = client.get("/files/" + id);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.text("detail")).isEqualTo("File not found");
        assertThat(home.resolve("files").resolve(id)).doesNotExist();
    }

    @Test
    void a_download_needs_the_signature_before_its_expiry_and_no_key() throws IOException {
        var file = randomFile(5_000);
        var uploaded = client.upload(file, "a.jpg", "{}");
        var address = uploaded.body().at("/urls/get").asString() + "/download?owner=tester&signature=";
        var soon = "&expiry=" + Instant.now().plusSeconds(60).getEpochSecond();

        assertThat(Client.fetch(address + Ids.sha256(file) + soon).body()).isEqualTo(Files.readAllBytes(file));
        assertThat(Client.fetch(address + "wrong" + soon).statusCode()).isEqualTo(404);
        assertThat(Client.fetch(address + Ids.sha256(file) + "&expiry=1").statusCode())
                .isEqualTo(404);
        assertThat(Client.fetch(address + Ids.sha256(file) + "&expiry=soon").statusCode())
                .isEqualTo(404);
        assertThat(Client.fetch(address + Ids.sha256(file)).statusCode()).isEqualTo(404);
    }

    @Test
    void a_file_over_100_mb_is_refused_and_leaves_nothing() throws IOException {
        var file = home.resolve("large");
        try (var large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength((100L << 20) + 1);
        }

        var refused = client.upload(file, "large", "{}");

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.text("detail")).isEqualTo("Files must be less than 100MB in size");
        assertThat(home.resolve("files")).isEmptyDirectory();
    }

    @Test
    void a_form_without_content_is_refused() {
        var body = "--x\r\nContent-Disposition: form-data; name=\"filename\"\r\n\r\na.jpg\r\n--x--\r\n";

        var refused = client.send(client.request("/files")
                .header("content-type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8)));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("detail")).contains("content is required");
    }

    @Test
    void uploads_expire() throws IOException {
        sandbox.close();
        start(Settings.in(home)
                .instantly()
                .withTiming(Settings.in(home).timing().withRetention(Duration.ofMillis(500))));
        var id = client.upload(randomFile(10), "a.jpg", "{}").text("id");

        Awaitility.await().until(() -> client.get("/files/" + id).status() == 404);
        Awaitility.await().until(() -> !Files.exists(home.resolve("files").resolve(id)));
    }

    private void start(Settings settings) {
        sandbox = Sandbox.start(settings);
        client = new Client(sandbox.apiUrl());
    }

    private Path randomFile(int size) throws IOException {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Files.write(home.resolve("random-" + size), bytes);
    }
}
