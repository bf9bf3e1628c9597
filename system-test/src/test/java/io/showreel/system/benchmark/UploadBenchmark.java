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
 * Measures what the way through the gateway costs: the sample photos as assets of a campaign, against the same bytes put
 * directly into the store with the MinIO client, in turns, with as many at a time. No photo is ever sent twice in the
 * same bytes, so nothing is spared by being there already.
 */
@Tag("benchmark")
class UploadBenchmark {

    private static final Path PHOTOS = Path.of("../infra/local/src/main/resources/io/showreel/local/sample/photos");
    private static final int WARM_UP = Integer.getInteger("benchmark.warm-up-rounds", 3);
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 7);
    private static final String BUCKET = "benchmark";
    private static final String BOUNDARY = "showreel-benchmark";

    private final List<String> report = new ArrayList<>();

    private interface Way {
        void send(String name, byte[] photo) throws Exception;
    }

    @Test
    void measure_uploads_beside_the_bare_store() throws Exception {
        var photos = photos();
        try (var showreel = RunningShowreel.start(new Tuning(Map.of(), Map.of()));
                var http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            var store = store(showreel);
            var campaign = campaign(showreel);
            Way gateway = (name, photo) -> upload(http, showreel.gateway(), campaign, name, photo);
            var assetService = URI.create("http://localhost:" + showreel.port("asset"));
            Way service = (name, photo) -> upload(http, assetService, campaign, name, photo);
            Way directly = (name, photo) -> store.putObject(
                    PutObjectArgs.builder().bucket(BUCKET).object(name).contentType("image/jpeg").stream(
                                    new ByteArrayInputStream(photo), (long) photo.length, -1L)
                            .build());
            report.add("%d photos, %d bytes in all, %d rounds of each in turns, %d cores"
                    .formatted(
                            photos.size(),
                            photos.stream().mapToInt(photo -> photo.length).sum(),
                            ROUNDS,
                            Runtime.getRuntime().availableProcessors()));
            report.add("| at a time | gateway ms (median, best) | asset-service alone | store ms (median, best) "
                    + "| ratio of medians | of bests |");
            report.add("|---|---|---|---|---|---|");
            for (var atATime : List.of(1, 4, 8)) {
                compare(atATime, photos, gateway, service, directly, showreel);
                showThumbnails(http, showreel.gateway(), campaign);
            }
        } finally {
            report.forEach(System.out::println);
        }
    }

    private void compare(
            int atATime, List<byte[]> photos, Way gateway, Way service, Way directly, RunningShowreel showreel)
            throws Exception {
        var alone = new ArrayList<Duration>();
        var through = new ArrayList<Duration>();
        var bare = new ArrayList<Duration>();
        var shares = new ArrayList<String>();
        for (var round = 0; round < WARM_UP + ROUNDS; round++) {
            var meter = CpuMeter.start(showreel.parts());
            var first = time(atATime, photos, gateway);
            shares.add(meter.shares());
            var second = time(atATime, photos, directly);
            var third = time(atATime, photos, service);
            if (round >= WARM_UP) {
                through.add(first);
                bare.add(second);
                alone.add(third);
            }
        }
        through.sort(null);
        bare.sort(null);
        alone.sort(null);
        report.add(String.format(
                Locale.ROOT,
                "| %d | %d, %d | %d, %d | %d, %d | %.2f | %.2f |",
                atATime,
                middle(through).toMillis(),
                through.getFirst().toMillis(),
                middle(alone).toMillis(),
                alone.getFirst().toMillis(),
                middle(bare).toMillis(),
                bare.getFirst().toMillis(),
                (double) middle(through).toNanos() / middle(bare).toNanos(),
                (double) through.getFirst().toNanos() / bare.getFirst().toNanos()));
        report.add("CPU of the last round through the gateway: " + shares.getLast());
    }

    /** What uploads put off is asked for before the next measurement, so that it doesn't run in the midst of it. */
    private static void showThumbnails(HttpClient http, URI gateway, String campaign) throws Exception {
        var assets = new Api(gateway)
                .get("/api/v3/assets?limit=1000&campaign_id=" + campaign)
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
        System.out.printf(
                "%d thumbnails made and shown in %d ms%n", assets.size(), (System.nanoTime() - begin) / 1_000_000);
    }

    private static Duration middle(List<Duration> sorted) {
        return sorted.get(sorted.size() / 2);
    }

    private static Duration time(int atATime, List<byte[]> photos, Way way) throws Exception {
        var fresh = photos.stream().map(UploadBenchmark::unlikeAnyOther).toList();
        try (ExecutorService senders = Executors.newFixedThreadPool(atATime)) {
            var begin = System.nanoTime();
            var sent = new ArrayList<Future<?>>();
            for (var i = 0; i < fresh.size(); i++) {
                var photo = fresh.get(i);
                var name = "%d-%d.jpg".formatted(begin, i);
                sent.add(senders.submit(() -> {
                    way.send(name, photo);
                    return null;
                }));
            }
            for (var one : sent) {
                one.get();
            }
            return Duration.ofNanos(System.nanoTime() - begin);
        }
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

    private static void upload(HttpClient http, URI gateway, String campaign, String name, byte[] photo)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(gateway.resolve("/api/v3/assets"))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(form(campaign, name, photo)))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IllegalStateException("An upload was answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    private static byte[] form(String campaign, String name, byte[] photo) {
        var body = new ByteArrayOutputStream();
        body.writeBytes("""
                --%1$s\r
                Content-Disposition: form-data; name="campaign_id"\r
                \r
                %2$s\r
                --%1$s\r
                Content-Disposition: form-data; name="file"; filename="%3$s"\r
                Content-Type: image/jpeg\r
                \r
                """.formatted(BOUNDARY, campaign, name).getBytes(StandardCharsets.UTF_8));
        body.writeBytes(photo);
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
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
