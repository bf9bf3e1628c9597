package io.showreel.selection.photo.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.job.JobCommand.Photo;
import io.showreel.embedded.S3Server;
import io.showreel.embedded.process.Ports;
import io.showreel.objects.ObjectStoreSettings;
import io.showreel.objects.minio.MinioObjectStore;
import io.showreel.selection.photo.Jpeg;
import io.showreel.selection.photo.LookingSettings;
import io.showreel.selection.photo.SamplePhotos;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Against a real S3 server. */
class StoredPhotosTest {

    private static final Duration PLENTY = Duration.ofSeconds(60);

    @TempDir
    private Path files;

    private static final byte[] WEBP_OF_64_BY_48 = Base64.getMimeDecoder().decode("""
                    UklGRrIBAABXRUJQVlA4IKYBAADwCwCdASpAADAAPzmSuVQvK7+jLVzLa/AnCWwAwb+L7QOSO5Y772gD1Afj3/gaQD
                    zuvPb3wDnwvZkIjLdqiQvnfOVAs4TSx4SOhwsAi6LrXsuqJldjMjMXquQp7kSHQbuxwSTaJWq5wAD+699wFaMmxAEv
                    hB0CR0Zgkw37QK1O/m/E4csGGEI6CFRPBDvp+cJ//lQ7zS766nsaV8+gpiBFrvftwIOLg9fxy//Try8OmB92Z02LrU
                    XS5rnzkiz4rtOiY8QTocfiN2/Vx7D+wMVVhFEvUapuSX/rCefZHQscSdLwKVLW24u0SarsXUBlWU0bPjSltz5wuaz+
                    gO/UNmTxQdxlliGOYiNDx0hphwpwQbkPq3/zi8Cyc/t+efE1BXfsbA/vB6PCFtqbV+QhaIzXTqgWLlMaEfKhEfifL6
                    vk6mn+lt3bUuG//BoXNndHfiGRK5gaBKZz88u4VNrs9HuE4NsO8TL0VDN68v9Qbk5lMTjsSICZmaV51AohAjFAGha6
                    1wB2LZwJEaJ4/9tBvapsg7mGM9H44+bkpYTmbL1Vjq+XtqAAAA==
                    """);

    private final MinioObjectStore s3 =
            new MinioObjectStore(settings(S3Server.shared().endpoint()));
    private final CountingStore store = new CountingStore(s3);
    private final StoredPhotos photos = new StoredPhotos(store, looking(1000));

    @AfterEach
    void close() {
        photos.destroy();
        s3.close();
    }

    @Test
    void photos_are_fetched_a_few_at_a_time_and_measured() throws Exception {
        var dining = IntStream.rangeClosed(1, 6)
                .mapToObj(i -> "Dining " + i)
                .map(this::kept)
                .toList();

        var album = photos.look(dining, PLENTY);

        assertThat(album.note()).isNull();
        assertThat(dining)
                .allSatisfy(photo -> assertThat(album.measuresOf(photo)).hasValueSatisfying(measures -> {
                    assertThat(measures.width()).isEqualTo(1280);
                    assertThat(measures.height()).isEqualTo(720);
                    assertThat(measures.sharpness()).isPositive();
                }));
        assertThat(store.atATime.get()).isBetween(1, 2);
    }

    @Test
    void what_was_seen_before_is_not_fetched_again() throws Exception {
        var dining = Stream.of("Dining 1", "Dining 2").map(this::kept).toList();
        var first = photos.look(dining, PLENTY);

        var again = photos.look(dining, PLENTY);

        assertThat(again).isEqualTo(first);
        assertThat(store.fetched.get()).isEqualTo(2);
    }

    @Test
    void no_more_is_remembered_than_was_allowed() throws Exception {
        var forgetful = new StoredPhotos(store, looking(1));
        var dining = Stream.of("Dining 1", "Dining 2").map(this::kept).toList();
        forgetful.look(dining, PLENTY);

        forgetful.look(dining, PLENTY);

        assertThat(store.fetched.get()).isGreaterThan(2);
        forgetful.destroy();
    }

    @Test
    void a_large_photo_a_png_and_one_that_lies_on_its_side_are_seen_as_they_are() throws Exception {
        var large = SamplePhotos.scaled(SamplePhotos.photo("Dining 1"), 5120, 2880);
        var png = Files.createFile(files.resolve("photo.png"));
        ImageIO.write(SamplePhotos.photo("Dining 1"), "png", png.toFile());
        var lying = Files.write(
                files.resolve("lying.jpg"), withOrientation(6, Jpeg.of(SamplePhotos.photo("Dining 2"), 0.9f)));

        var original = kept("Dining 1");
        var kept = List.of(
                kept("large", SamplePhotos.written(large, 0.9f, files.resolve("large.jpg"))),
                kept("png", png),
                kept("lying", lying),
                original);
        var album = photos.look(kept, PLENTY);

        assertThat(album.note()).isNull();
        assertThat(album.measuresOf(kept.get(0)).orElseThrow().width()).isEqualTo(5120);
        assertThat(album.kinship(kept.get(0), original).orElseThrow().isNearDuplicate())
                .isTrue();
        assertThat(album.kinship(kept.get(1), original).orElseThrow().distance())
                .isLessThan(4);
        assertThat(album.measuresOf(kept.get(2)).orElseThrow().height()).isEqualTo(1280);
    }

    @Test
    void what_is_gone_or_no_picture_is_left_out_with_a_note_and_harms_no_other() throws Exception {
        var gone = photo("Gone", URI.create("s3://showreel/assets/gone.jpg"));
        var text = kept("Text", Files.writeString(files.resolve("text.jpg"), "<svg onload=alert(1)>"));
        var broken = kept("Broken", Files.write(files.resolve("broken.jpg"), brokenOff()));
        var good = kept("Dining 3");

        var album = photos.look(List.of(gone, text, broken, good), PLENTY);

        assertThat(album.sightOf(good)).isPresent();
        assertThat(album.spoilt()).contains(gone.object(), text.object());
        assertThat(album.note()).startsWith("Not looked at: Gone (is gone), Text (");
    }

    @Test
    void a_photo_of_too_many_pixels_is_not_decoded() throws Exception {
        var careful = new StoredPhotos(store, new LookingSettings(PLENTY, 2, 1000, 1000, 10, DataSize.ofMegabytes(1)));

        var album = careful.look(List.of(kept("Dining 3")), PLENTY);

        assertThat(album.isEmpty()).isTrue();
        assertThat(album.spoilt()).as("it may still be chosen").isEmpty();
        assertThat(album.note()).contains("1280 x 720 pixels are too many to look at");
        careful.destroy();
    }

    @Test
    void what_can_only_be_decoded_as_a_whole_has_a_bound_of_its_own() throws Exception {
        var careful =
                new StoredPhotos(store, new LookingSettings(PLENTY, 2, 1_000_000, 1000, 10, DataSize.ofMegabytes(1)));
        var webp = files.resolve("photo.webp");
        Files.write(webp, WEBP_OF_64_BY_48);

        var album = careful.look(List.of(kept("Dining 3"), kept("Web", webp)), PLENTY);
        var whole = photos.look(List.of(kept("Web", webp)), PLENTY);

        assertThat(album.sights()).hasSize(1);
        assertThat(album.spoilt()).isEmpty();
        assertThat(album.note()).isEqualTo("Not looked at: Web (64 x 48 pixels are too many to look at).");
        assertThat(whole.note()).isNull();
        careful.destroy();
    }

    @Test
    void a_store_that_is_away_leaves_the_names_and_a_note_and_is_not_asked_for_each_photo() throws Exception {
        try (var nobody = new MinioObjectStore(settings(URI.create("http://localhost:" + Ports.free())))) {
            var away = new CountingStore(nobody);
            var blind = new StoredPhotos(away, looking(10));
            var campaign = IntStream.range(0, 84)
                    .mapToObj(i -> photo("Hall " + i, URI.create("s3://showreel/assets/" + i + ".jpg")))
                    .toList();

            var album = blind.look(campaign, PLENTY);

            assertThat(album.isEmpty()).isTrue();
            assertThat(album.spoilt()).isEmpty();
            assertThat(album.note())
                    .startsWith(
                            "No photo could be looked at, so names alone decided: Hall 0 (the object store is away)")
                    .endsWith(" and 79 more.");
            assertThat(away.fetched.get()).isLessThan(10);
            blind.destroy();
        }
    }

    @Test
    void a_store_that_never_answers_takes_no_more_than_the_time_there_is() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var nobody = new MinioObjectStore(settings(URI.create("http://localhost:" + silent.getLocalPort())))) {
            var patient = new StoredPhotos(nobody, looking(10));
            var begin = System.nanoTime();

            var album = patient.look(
                    List.of(photo("Hall 1", URI.create("s3://showreel/assets/1.jpg"))), Duration.ofMillis(300));

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
            assertThat(album.note()).contains("there was no time");
            patient.destroy();
        }
    }

    @Test
    void there_is_an_album_when_time_is_up() throws Exception {
        var album = photos.look(List.of(kept("Dining 4")), Duration.ZERO);

        assertThat(album.isEmpty()).isTrue();
        assertThat(album.note()).contains("there was no time");
    }

    private Photo kept(String name) {
        return kept(name, SamplePhotos.file(name));
    }

    private Photo kept(String name, Path file) {
        return photo(name, s3.keep("assets", file, "image/jpeg"));
    }

    private static Photo photo(String name, URI object) {
        return new Photo(UUID.randomUUID(), name, List.of(), null, object, 1280, 720);
    }

    private static LookingSettings looking(int remembered) {
        return new LookingSettings(PLENTY, 2, 150_000_000, 8_000_000, remembered, DataSize.ofMegabytes(1));
    }

    private static ObjectStoreSettings settings(URI endpoint) {
        return new ObjectStoreSettings(
                endpoint, "showreel", "showreel-secret", "showreel", "us-east-1", Duration.ofSeconds(2), PLENTY);
    }

    private static byte[] brokenOff() throws IOException {
        return Arrays.copyOf(Files.readAllBytes(SamplePhotos.file("Dining 5")), 300);
    }

    private static byte[] withOrientation(int orientation, byte[] jpeg) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(jpeg, 0, 2);
        bytes.write(new byte[] {(byte) 0xff, (byte) 0xe1, 0, 34});
        bytes.write("Exif\0\0MM\0*\0\0\0\b\0\1\1\22\0\3\0\0\0\1\0".getBytes(US_ASCII));
        bytes.write(new byte[] {(byte) orientation, 0, 0, 0, 0, 0, 0});
        bytes.write(jpeg, 2, jpeg.length - 2);
        return bytes.toByteArray();
    }
}
