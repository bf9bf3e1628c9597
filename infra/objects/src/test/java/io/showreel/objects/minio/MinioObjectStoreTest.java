package io.showreel.objects.minio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.showreel.embedded.S3Server;
import io.showreel.objects.ObjectNotFoundException;
import io.showreel.objects.ObjectStoreException;
import io.showreel.objects.ObjectStoreSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;

class MinioObjectStoreTest {

    private static final String SHA256_OF_HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    Path folder;

    private MinioObjectStore store;
    private String bucket;

    @BeforeEach
    void open() {
        bucket = "bucket-" + UUID.randomUUID();
        store = new MinioObjectStore(
                settings(S3Server.shared().endpoint(), S3Server.shared().secretKey()));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_file_is_kept_under_the_name_of_its_content() throws IOException {
        var kept = store.keep("takes/", file("hello"), "video/mp4");
        assertThat(kept).hasToString("s3://" + bucket + "/takes/" + SHA256_OF_HELLO + ".mp4");
        assertThat(store.open(kept, 0, -1)).hasBinaryContent("hello".getBytes());
        var stat = store.stat(kept);
        assertThat(stat.size()).isEqualTo(5);
        assertThat(stat.contentType()).isEqualTo("video/mp4");
        assertThat(stat.etag()).isNotEmpty().doesNotContain("\"");
        assertThat(stat.lastModified())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    }

    @Test
    void what_is_kept_already_is_not_sent_again() throws IOException {
        var first = store.keep("films", file("hello"), "video/mp4");
        var modified = store.stat(first).lastModified();
        assertThat(store.keep("films", file("hello"), "video/quicktime")).isNotEqualTo(first);
        assertThat(store.keep("films", file("hello"), "video/mp4")).isEqualTo(first);
        assertThat(store.stat(first).lastModified()).isEqualTo(modified);
        try (var all = store.list("films/")) {
            assertThat(all).hasSize(2);
        }
    }

    @Test
    void bytes_that_are_not_those_of_the_given_hash_are_refused() throws IOException {
        var changed = file("hello, changed on the way");

        assertThatThrownBy(() -> store.keep("films", changed, "video/mp4", SHA256_OF_HELLO))
                .isInstanceOf(ObjectStoreException.class);

        try (var all = store.list("films/")) {
            assertThat(all).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, -1, 0123456789", "0, 3, 012", "4, 3, 456", "7, -1, 789", "9, 1, 9", "8, 100, 89"})
    void a_part_can_be_read(long offset, long length, String expected) throws IOException {
        var kept = store.keep("takes", file("0123456789"), "audio/mpeg");
        try (var part = store.open(kept, offset, length)) {
            assertThat(new String(part.readAllBytes())).isEqualTo(expected);
        }
    }

    @Test
    void a_large_file_goes_in_and_comes_back_in_pieces() throws IOException {
        var bytes = new byte[20 * 1024 * 1024];
        new Random(3).nextBytes(bytes);
        var large = Files.write(folder.resolve("large"), bytes);
        var kept = store.keep("films", large, "video/mp4");
        var back = folder.resolve("back");
        store.fetch(kept, back);
        assertThat(Files.mismatch(large, back)).isEqualTo(-1);
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(large, back);
        }
    }

    @Test
    void a_presigned_address_is_open_to_anybody_and_only_that_one() throws Exception {
        var kept = store.keep("films", file("hello"), "video/mp4");
        var address = store.presign(kept, Duration.ofMinutes(5));
        assertThat(get(address).body()).isEqualTo("hello");
        assertThat(get(URI.create(address.toString().replaceAll("\\?.*", ""))).statusCode())
                .isEqualTo(403);
    }

    @Test
    void what_is_not_there_is_said_so() {
        var missing = URI.create("s3://" + bucket + "/films/none.mp4");
        assertThatThrownBy(() -> store.stat(missing)).isInstanceOf(ObjectNotFoundException.class);
        assertThatThrownBy(() -> store.open(missing, 0, -1)).isInstanceOf(ObjectNotFoundException.class);
        assertThatThrownBy(() -> store.fetch(missing, folder.resolve("none")))
                .isInstanceOf(ObjectNotFoundException.class);
        assertThat(folder).isEmptyDirectory();
        assertThatThrownBy(() -> store.stat(URI.create("http://localhost/a")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deleting_is_repeatable() throws IOException {
        var kept = store.keep("films", file("hello"), "video/mp4");
        store.delete(kept);
        store.delete(kept);
        assertThatThrownBy(() -> store.stat(kept)).isInstanceOf(ObjectNotFoundException.class);
        assertThat(store.keep("films", file("hello"), "video/mp4")).isEqualTo(kept);
        assertThat(store.stat(kept).size()).isEqualTo(5);
    }

    @Test
    void a_wrong_secret_is_not_taken_for_absence() throws IOException {
        var hello = file("hello");
        try (var intruder = new MinioObjectStore(settings(S3Server.shared().endpoint(), "wrong"))) {
            assertThatThrownBy(() -> intruder.keep("films", hello, "video/mp4"))
                    .isInstanceOf(ObjectStoreException.class)
                    .isNotInstanceOf(ObjectNotFoundException.class);
        }
    }

    @Test
    void a_store_that_is_away_is_not_taken_for_absence() throws IOException {
        var hello = file("hello");
        try (var away = new MinioObjectStore(settings(URI.create("http://localhost:1"), "x"))) {
            assertThatThrownBy(() -> away.keep("films", hello, "video/mp4"))
                    .isInstanceOf(ObjectStoreException.class)
                    .isNotInstanceOf(ObjectNotFoundException.class);
        }
    }

    @Test
    void nothing_has_to_be_configured_and_the_secret_is_not_printed() {
        var defaults = new Binder().bindOrCreate("showreel.objects", ObjectStoreSettings.class);
        assertThat(defaults.endpoint()).hasToString("http://localhost:9000");
        assertThat(defaults.bucket()).isEqualTo("showreel");
        assertThat(defaults.accessKey()).isEqualTo("showreel");
        assertThat(defaults).asString().doesNotContain(defaults.secretKey());
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve(UUID.randomUUID().toString()), content);
    }

    private ObjectStoreSettings settings(URI endpoint, String secret) {
        return new ObjectStoreSettings(
                endpoint,
                S3Server.shared().accessKey(),
                secret,
                bucket,
                "us-east-1",
                Duration.ofSeconds(2),
                Duration.ofSeconds(30));
    }

    private static HttpResponse<String> get(URI address) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
