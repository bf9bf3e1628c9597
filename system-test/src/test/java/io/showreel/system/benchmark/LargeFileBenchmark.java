package io.showreel.system.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.embedded.FfmpegTools;
import io.showreel.system.platform.Api;
import io.showreel.system.platform.RunningShowreel;
import io.showreel.system.platform.Tuning;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends a video of two gigabytes through the gateway and reads it back, with the heaps of the run command. No service
 * may come near that size: the most memory that each ever had is printed.
 */
@Tag("benchmark")
class LargeFileBenchmark {

    private static final long SIZE = 2_000_000_000;
    private static final String BOUNDARY = "showreel-benchmark";
    private static final int BLOCK = 1 << 16;

    @TempDir
    private Path folder;

    @Test
    void two_gigabytes_pass_through_small_heaps() throws Exception {
        try (var showreel = RunningShowreel.startToMeasure(new Tuning(Map.of(), Map.of()));
                var http = HttpClient.newHttpClient()) {
            var client = new Api(showreel.gateway())
                    .post("/api/v3/clients", "{\"name\": \"Benchmark\"}")
                    .path("data")
                    .path("id")
                    .asString();
            var film = film();
            var before = peaks(showreel);
            var digest = MessageDigest.getInstance("SHA-256");
            var begin = System.nanoTime();
            var request = HttpRequest.newBuilder(showreel.gateway().resolve("/api/v3/assets"))
                    .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                    .POST(BodyPublishers.ofInputStream(() -> body(client, new DigestInputStream(padded(film), digest))))
                    .build();
            var answer = http.send(request, BodyHandlers.ofString());
            var uploaded = System.nanoTime();
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            var asset = new JsonMapper().readTree(answer.body()).path("data");
            var sent = HexFormat.of().formatHex(digest.digest());
            assertThat(asset.path("size").asLong()).isEqualTo(SIZE);
            assertThat(asset.path("sha256").asString()).isEqualTo(sent);

            var data = showreel.gateway().resolve(asset.path("url").asString());
            var got = read(http, data);
            var downloaded = System.nanoTime();

            assertThat(got).isEqualTo(sent);
            System.out.printf(
                    "%d bytes up in %.1f s (looked over and kept), down in %.1f s%n",
                    SIZE, (uploaded - begin) / 1e9, (downloaded - uploaded) / 1e9);
            peaks(showreel)
                    .forEach((name, megabytes) -> System.out.printf(
                            "  %-10s at most %d MB, before %d MB%n", name, megabytes, before.get(name)));
            assertThat(peaks(showreel))
                    .allSatisfy(
                            (name, megabytes) -> assertThat(megabytes).as(name).isLessThan(700));
        }
    }

    private static String read(HttpClient http, URI data) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        var answer = http.send(HttpRequest.newBuilder(data).build(), BodyHandlers.ofInputStream());
        try (var bytes = answer.body()) {
            var block = new byte[BLOCK];
            for (var count = bytes.read(block); count >= 0; count = bytes.read(block)) {
                digest.update(block, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The most resident memory that the two services on the way ever had, in megabytes; Linux tells. */
    private static Map<String, Long> peaks(RunningShowreel showreel) {
        var peaks = new TreeMap<String, Long>();
        for (var part : showreel.parts()) {
            if (List.of("asset", "gateway").contains(part.name())) {
                peaks.put(
                        part.name(),
                        Consumption.peak(ProcessHandle.of(part.pid()).orElseThrow()));
            }
        }
        return peaks;
    }

    private byte[] film() throws IOException, InterruptedException {
        var file = folder.resolve("film.mp4");
        var made = new ProcessBuilder(
                        FfmpegTools.find().ffmpeg().toString(),
                        "-v",
                        "error",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc=size=320x240:duration=2",
                        "-pix_fmt",
                        "yuv420p",
                        file.toString())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(made).isZero();
        return Files.readAllBytes(file);
    }

    /** The film, followed by a box that players skip. */
    private static InputStream padded(byte[] film) {
        var rest = SIZE - film.length;
        var header = ByteBuffer.allocate(16)
                .putInt(1)
                .put("free".getBytes(StandardCharsets.US_ASCII))
                .putLong(rest)
                .array();
        return sequence(new ByteArrayInputStream(film), new ByteArrayInputStream(header), new Padding(rest - 16));
    }

    private static InputStream body(String client, InputStream film) {
        var start = """
                --%1$s\r
                Content-Disposition: form-data; name="client_id"\r
                \r
                %2$s\r
                --%1$s\r
                Content-Disposition: form-data; name="file"; filename="tour.mp4"\r
                Content-Type: video/mp4\r
                \r
                """.formatted(BOUNDARY, client).getBytes(StandardCharsets.UTF_8);
        var end = ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8);
        return sequence(new ByteArrayInputStream(start), film, new ByteArrayInputStream(end));
    }

    private static InputStream sequence(InputStream... streams) {
        return new SequenceInputStream(Collections.enumeration(List.of(streams)));
    }

    /** Bytes that look like nothing, without end but for their count. */
    private static final class Padding extends InputStream {

        private final byte[] block = new byte[BLOCK];
        private long left;

        Padding(long length) {
            this.left = length;
            new Random(7).nextBytes(block);
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            var count = (int) Math.min(Math.min(length, block.length), left);
            System.arraycopy(block, 0, into, offset, count);
            left -= count;
            return count;
        }
    }
}
