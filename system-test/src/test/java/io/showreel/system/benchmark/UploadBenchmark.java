package io.showreel.system.benchmark;

import io.minio.BucketExistsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.showreel.system.platform.Api;
import io.showreel.system.platform.RunningShowreel;
import io.showreel.system.platform.Tuning;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures what the way through the gateway costs: the sample photos as assets of a campaign, one request each and all in
 * one form, against the same bytes put directly into the store with the MinIO client, in turns, with as many at a time.
 * No photo is ever sent twice in the same bytes, so nothing is spared by being there already. Both sides are warmed up
 * before, and thumbnails, which no upload waits for, are made after everything.
 */
@Tag("benchmark")
class UploadBenchmark {

    private static final Path PHOTOS = Path.of("../infra/local/src/main/resources/io/showreel/local/sample/photos");
    private static final int WARM_UP = Integer.getInteger("benchmark.warm-up-rounds", 25);
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 9);
    private static final List<Integer> AT_A_TIME = List.of(1, 4, 8);
    private static final String BUCKET = "benchmark";
    private static final String BOUNDARY = "showreel-benchmark";

    private final List<String> report = new ArrayList<>();

    /** Sends all photos. */
    private interface Way {
        void send(List<Photo> photos) throws Exception;
    }

    private interface One {
        void send(Photo photo) throws Exception;
    }

    private record Photo(String name, byte[] bytes) {}

    @Test
    void measure_uploads_beside_the_bare_store() throws Exception {
        var photos = photos();
        var later = Map.of("SHOWREEL_UPLOADS_THUMBNAILSAFTER", "1h");
        try (var showreel = RunningShowreel.startToMeasure(new Tuning(later, Map.of()));
                var http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            var store = store(showreel);
            var campaign = campaign(showreel);
            var gateway = showreel.gateway();
            var assetService = URI.create("http://localhost:" + showreel.port("asset"));
            One through = photo -> upload(http, gateway, campaign, photo);
            One behind = photo -> upload(http, assetService, campaign, photo);
            One directly = photo -> store.putObject(
                    PutObjectArgs.builder().bucket(BUCKET).object(photo.name()).contentType("image/jpeg").stream(
                                    new ByteArrayInputStream(photo.bytes()), (long) photo.bytes().length, -1L)
                            .build());
            Way formThrough = all -> uploadForm(http, gateway, campaign, all);
            Way formBehind = all -> uploadForm(http, assetService, campaign, all);
            for (var round = 0; round < WARM_UP; round++) {
                var most = AT_A_TIME.getLast();
                for (var way : List.of(
                        each(most, through), each(most, behind), each(most, directly), formThrough, formBehind)) {
                    time(photos, way);
                }
            }
            report.add("%d photos, %d bytes in all, %d rounds of each in turns after %d to warm up, %d cores"
                    .formatted(
                            photos.size(),
                            photos.stream().mapToInt(photo -> photo.length).sum(),
                            ROUNDS,
                            WARM_UP,
                            Runtime.getRuntime().availableProcessors()));
            report.add("| sent | gateway ms (median, best) | asset-service alone | store ms (median, best) "
                    + "| ratio of medians | of bests |");
            report.add("|---|---|---|---|---|---|");
            for (var atATime : AT_A_TIME) {
                compare(
                        "one request each, %d at a time".formatted(atATime),
                        photos,
                        each(atATime, through),
                        each(atATime, behind),
                        each(atATime, directly),
                        showreel);
            }
            compare(
                    "one form; the store 8 at a time",
                    photos,
                    formThrough,
                    formBehind,
                    each(AT_A_TIME.getLast(), directly),
                    showreel);
            showThumbnails(http, gateway, campaign, photos.size());
        } finally {
            report.forEach(System.out::println);
        }
    }

    private void compare(
            String title, List<byte[]> photos, Way through, Way behind, Way directly, RunningShowreel showreel)
            throws Exception {
        var gateway = new ArrayList<Duration>();
        var alone = new ArrayList<Duration>();
        var bare = new ArrayList<Duration>();
        var shares = "";
        for (var round = 0; round < ROUNDS; round++) {
            var meter = CpuMeter.start(showreel.parts());
            gateway.add(time(photos, through));
            shares = meter.shares();
            bare.add(time(photos, directly));
            alone.add(time(photos, behind));
        }
        gateway.sort(null);
        bare.sort(null);
        alone.sort(null);
        report.add(String.format(
                Locale.ROOT,
                "| %s | %d, %d | %d, %d | %d, %d | %.2f | %.2f |",
                title,
                middle(gateway).toMillis(),
                gateway.getFirst().toMillis(),
                middle(alone).toMillis(),
                alone.getFirst().toMillis(),
                middle(bare).toMillis(),
                bare.getFirst().toMillis(),
                (double) middle(gateway).toNanos() / middle(bare).toNanos(),
                (double) gateway.getFirst().toNanos() / bare.getFirst().toNanos()));
        report.add("CPU of the last round through the gateway: " + shares);
    }

    /** What uploads put off. */
    private void showThumbnails(HttpClient http, URI gateway, String campaign, int count) throws Exception {
        var assets = new Api(gateway)
                .get("/api/v3/assets?limit=%d&campaign_id=%s".formatted(count, campaign))
                .path("data");
        var begin = System.nanoTime();
        for (var asset : assets) {
            var shown = HttpRequest.newBuilder(
                            gateway.resolve(asset.path("thumbnail_url").asString()))
                    .build();
            if (http.send(shown, BodyHandlers.discarding()).statusCode() != 200) {
                throw new IllegalStateException("There is no thumbnail of " + asset.path("name"));
            }
        }
        report.add("%d thumbnails made and shown, one after the other, in %d ms"
                .formatted(assets.size(), (System.nanoTime() - begin) / 1_000_000));
    }

    private static Duration middle(List<Duration> sorted) {
        return sorted.get(sorted.size() / 2);
    }

    private static Duration time(List<byte[]> photos, Way way) throws Exception {
        var fresh = new ArrayList<Photo>();
        for (var photo : photos) {
            fresh.add(new Photo("%d-%d.jpg".formatted(System.nanoTime(), fresh.size()), unlikeAnyOther(photo)));
        }
        var begin = System.nanoTime();
        way.send(fresh);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static Way each(int atATime, One one) {
        return photos -> {
            try (ExecutorService senders = Executors.newFixedThreadPool(atATime)) {
                var sent = new ArrayList<Future<?>>();
                for (var photo : photos) {
                    sent.add(senders.submit(() -> {
                        one.send(photo);
                        return null;
                    }));
                }
                for (var each : sent) {
                    each.get();
                }
            }
        };
    }

    /** The same picture with a comment of its own. */
    private static byte[] unlikeAnyOther(byte[] jpeg) {
        var comment = Long.toString(System.nanoTime()).getBytes(StandardCharsets.US_ASCII);
        var photo = new ByteArrayOutputStream(jpeg.length + comment.length + 4);
        photo.write(jpeg, 0, 2);
        photo.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, (byte) (comment.length + 2)});
        photo.writeBytes(comment);
        photo.write(jpeg, 2, jpeg.length - 2);
        return photo.toByteArray();
    }

    private static void upload(HttpClient http, URI service, String campaign, Photo photo)
            throws IOException, InterruptedException {
        post(http, service.resolve("/api/v3/assets"), form(campaign, List.of(photo)));
    }

    private static void uploadForm(HttpClient http, URI service, String campaign, List<Photo> photos)
            throws IOException, InterruptedException {
        var answer = post(http, service.resolve("/api/v3/assets/from-files"), form(campaign, photos));
        if (!answer.contains("\"created\":" + photos.size())) {
            throw new IllegalStateException("Not all were taken in: " + answer);
        }
    }

    private static String post(HttpClient http, URI address, byte[] form) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(form))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IllegalStateException("An upload was answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private static byte[] form(String campaign, List<Photo> photos) {
        var body = new ByteArrayOutputStream();
        body.writeBytes("""
                --%s\r
                Content-Disposition: form-data; name="campaign_id"\r
                \r
                %s\r
                """.formatted(BOUNDARY, campaign).getBytes(StandardCharsets.UTF_8));
        for (var photo : photos) {
            body.writeBytes("""
                    --%s\r
                    Content-Disposition: form-data; name="file"; filename="%s"\r
                    Content-Type: image/jpeg\r
                    \r
                    """.formatted(BOUNDARY, photo.name()).getBytes(StandardCharsets.UTF_8));
            body.writeBytes(photo.bytes());
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }

    private static MinioClient store(RunningShowreel showreel) throws Exception {
        var client = MinioClient.builder()
                .endpoint("http://localhost:" + showreel.port("s3"))
                .region("us-east-1")
                .credentials("showreel", "showreel-secret")
                .build();
        if (!client.bucketExists(BucketExistsArgs.builder().bucket(BUCKET).build())) {
            client.makeBucket(MakeBucketArgs.builder().bucket(BUCKET).build());
        }
        return client;
    }

    private static String campaign(RunningShowreel showreel) {
        var api = new Api(showreel.gateway());
        var client = api.post("/api/v3/clients", "{\"name\": \"Benchmark\"}")
                .path("data")
                .path("id")
                .asString();
        return api.post("/api/v3/campaigns", "{\"client_id\": \"%s\", \"name\": \"Benchmark\"}".formatted(client))
                .path("data")
                .path("id")
                .asString();
    }

    private static List<byte[]> photos() throws IOException {
        var photos = new ArrayList<byte[]>();
        try (var files = Files.list(PHOTOS)) {
            for (var file : files.filter(path -> path.toString().endsWith(".jpg"))
                    .sorted()
                    .toList()) {
                photos.add(Files.readAllBytes(file));
            }
        }
        return photos;
    }
}
