package io.showreel.gateway;

import static org.awaitility.Awaitility.await;

import io.showreel.embedded.process.ChildProcess;
import io.showreel.embedded.process.Ports;
import io.showreel.embedded.process.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random pieces of 1 MiB of a film, sent by a gateway in a process of its own and by nginx with one worker, in turns; and
 * what 10 GB leave on the gateway's heap. Prints, and asserts nothing about times.
 *
 * <p>{@code ./mvnw test -pl gateway-service -Dtest=RangeBenchmark -Dgroups=benchmark -DexcludedGroups=none}
 */
@Tag("benchmark")
class RangeBenchmark {

    private static final int MIB = 1024 * 1024;
    private static final int FILM_MIB = 256;
    private static final Duration LAP = Duration.ofSeconds(Integer.getInteger("benchmark.lap", 6));
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(Integer.getInteger("benchmark.warm-up", 150));
    private static final int LAPS = Integer.getInteger("benchmark.laps", 7);
    /** Warm are those whose latest laps differ by no more than this. */
    private static final double SETTLED = 0.08;

    private static final int LAPS_TO_SETTLE = 4;
    private static final long MUCH = 10_000_000_000L;

    private static final Pattern TRANSFERRED = Pattern.compile("(\\d+) requests in ([0-9.]+)(m?s)");
    private static final Pattern TROUBLE = Pattern.compile("Non-2xx or 3xx responses: \\d+|Socket errors: .*");
    private static final Pattern LIVE = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    private static final String SCRIPT = """
            local pieces = %d
            request = function()
              local first = math.random(0, pieces - 1) * 1048576
              wrk.headers["Range"] = "bytes=" .. first .. "-" .. (first + 1048575)
              return wrk.format("GET")
            end
            """;

    @Test
    void pieces_of_a_film(@TempDir Path files, @TempDir Path scratch) throws Exception {
        Nginx.require("nginx", "wrk");
        var film = film(files.resolve("film.mp4"));
        var path = FinishedJob.with(film).film();
        var script = Files.writeString(scratch.resolve("pieces.lua"), SCRIPT.formatted(FILM_MIB));
        int port = Ports.free();
        var gateway = ChildProcess.start(gateway(port, scratch), Path.of("target/range-benchmark.log"));
        try (var nginx = Nginx.serve(files, scratch)) {
            await().atMost(Duration.ofMinutes(2)).until(() -> Ports.answers(port));
            var ours = URI.create("http://127.0.0.1:" + port + path);
            var theirs = nginx.uri("/film.mp4");
            check(ours);
            check(theirs);
            warmUp(ours, theirs, script);
            var ratios = new ArrayList<Double>();
            System.out.printf(
                    "| lap | load average before | gateway MiB/s | nginx MiB/s | ratio |%n|---|---|---|---|---|%n");
            long before = live(gateway.pid());
            long sent = 0;
            for (int lap = 1; lap <= LAPS || sent < MUCH; lap++) {
                var load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
                var us = race(ours, script, LAP);
                var them = race(theirs, script, LAP);
                sent += us.bytes();
                ratios.add(us.rate() / them.rate());
                System.out.printf(
                        "| %d | %s | %.0f | %.0f | %.2f |%n",
                        lap, load, us.rate(), them.rate(), us.rate() / them.rate());
            }
            System.out.printf(
                    "Median ratio of %d laps: %.2f%n",
                    ratios.size(), ratios.stream().sorted().toList().get(ratios.size() / 2));
            long after = live(gateway.pid());
            System.out.printf(
                    "Live heap before: %.1f MB, after %.1f GB: %.1f MB%n", before / 1e6, sent / 1e9, after / 1e6);
        } finally {
            gateway.stop(Duration.ofSeconds(10));
        }
    }

    /** A cold gateway reaches a third: it is raced until it gets no faster, which the compilers need a minute or two for. */
    private static void warmUp(URI ours, URI theirs, Path script) throws IOException, InterruptedException {
        var ratios = new ArrayList<Double>();
        var end = System.nanoTime() + LONGEST_WARM_UP.toNanos();
        while (System.nanoTime() < end && !settled(ratios)) {
            ratios.add(race(ours, script, LAP).rate()
                    / race(theirs, script, Duration.ofSeconds(2)).rate());
            System.out.printf("Warming up: %.2f%n", ratios.getLast());
        }
    }

    private static boolean settled(List<Double> ratios) {
        if (ratios.size() < 2 * LAPS_TO_SETTLE) {
            return false;
        }
        var latest = ratios.subList(ratios.size() - LAPS_TO_SETTLE, ratios.size());
        return Collections.max(latest) - Collections.min(latest) <= SETTLED;
    }

    /** @param rate pieces of a MiB a second */
    private record Lap(double rate, long bytes) {}

    private static Lap race(URI film, Path script, Duration length) throws IOException, InterruptedException {
        var wrk = new ProcessBuilder(
                        Nginx.find("wrk").orElseThrow().toString(),
                        "-t1",
                        "-c8",
                        "-d" + length.toSeconds() + "s",
                        "-s",
                        script.toString(),
                        film.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(wrk.getInputStream().readAllBytes());
        wrk.waitFor();
        var transferred = TRANSFERRED.matcher(said);
        if (!transferred.find() || TROUBLE.matcher(said).find()) {
            throw new IllegalStateException("wrk said: " + said);
        }
        long pieces = Long.parseLong(transferred.group(1));
        double seconds =
                Double.parseDouble(transferred.group(2)) / (transferred.group(3).equals("ms") ? 1000 : 1);
        return new Lap(pieces / seconds, pieces * MIB);
    }

    private static void check(URI film) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var piece = http.send(
                    HttpRequest.newBuilder(film)
                            .header("Range", "bytes=1048576-2097151")
                            .build(),
                    BodyHandlers.ofByteArray());
            if (piece.statusCode() != 206 || piece.body().length != MIB) {
                throw new IllegalStateException(film + " answered " + piece.statusCode());
            }
        }
    }

    private static Path film(Path file) throws IOException {
        var piece = new byte[MIB];
        var random = new Random(7);
        try (var out = Files.newOutputStream(file)) {
            for (int n = 0; n < FILM_MIB; n++) {
                random.nextBytes(piece);
                out.write(piece);
            }
        }
        return file;
    }

    /** With the heap and the collector that the local run gives it, and the compiler that tests go without. */
    private static Program gateway(int port, Path home) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var arguments = Installation.shared().arguments(Map.of("server.port", port));
        var command = new ArrayList<String>(List.of(
                java,
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                GatewayApplication.class.getName()));
        command.addAll(arguments);
        return new Program("gateway", command, Map.of(), home, Program.StopSignal.TERM);
    }

    /** Bytes on the heap that are still in use, after a full collection. */
    private static long live(long pid) {
        try {
            var jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(pid),
                            "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            var said = new String(jcmd.getInputStream().readAllBytes());
            var total = LIVE.matcher(said);
            long bytes = -1;
            while (total.find()) {
                bytes = Long.parseLong(total.group(1));
            }
            if (bytes < 0) {
                throw new IllegalStateException(
                        "jcmd said: " + said.lines().limit(3).toList());
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
