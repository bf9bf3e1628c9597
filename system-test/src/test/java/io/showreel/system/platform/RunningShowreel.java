package io.showreel.system.platform;

import io.showreel.embedded.Ffmpeg;
import io.showreel.embedded.FfmpegTools;
import io.showreel.embedded.process.Ports;
import io.showreel.local.Settings;
import io.showreel.local.platform.Platform;
import io.showreel.local.supervision.Backoff;
import io.showreel.local.supervision.Part;
import io.showreel.local.supervision.SupervisionLog;
import io.showreel.local.supervision.Supervisor;
import io.showreel.local.supervision.Supervisor.RunningPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All of Showreel on free ports over a folder of its own, as the run command starts it; removed on close. */
public final class RunningShowreel implements AutoCloseable {

    private static final Duration TO_START = Duration.ofMinutes(4);

    private final Path home;
    private final Settings settings;
    private final Ffmpeg ffmpeg;
    private final Supervisor supervisor;

    private RunningShowreel(Path home, Settings settings, Ffmpeg ffmpeg, Supervisor supervisor) {
        this.home = home;
        this.settings = settings;
        this.ffmpeg = ffmpeg;
        this.supervisor = supervisor;
    }

    static RunningShowreel start() throws IOException, InterruptedException {
        return start(Tuning.NONE);
    }

    /** To be measured: its services are compiled as far as in a cluster. */
    public static RunningShowreel startToMeasure(Tuning tuning) throws IOException, InterruptedException {
        return start(Map.of("SHOWREEL_JAVA_OPTIONS", ""), settings -> tuning, 1, part -> true);
    }

    /** With what the processes are started differently for this once. */
    static RunningShowreel start(Tuning tuning) throws IOException, InterruptedException {
        return start(tuning, 1);
    }

    /** @param replicas of each service; the ports of the second are 100 higher */
    static RunningShowreel start(Tuning tuning, int replicas) throws IOException, InterruptedException {
        return start(settings -> tuning, replicas, part -> true);
    }

    /**
     * Some of it.
     *
     * @param tuning may ask where things listen
     * @param replicas of each service
     * @param wanted the names of the parts to start, replicas by the name of the first
     */
    static RunningShowreel start(Function<Settings, Tuning> tuning, int replicas, Predicate<String> wanted)
            throws IOException, InterruptedException {
        return start(Map.of(), tuning, replicas, wanted);
    }

    private static RunningShowreel start(
            Map<String, String> switches, Function<Settings, Tuning> tuning, int replicas, Predicate<String> wanted)
            throws IOException, InterruptedException {
        var home = Files.createTempDirectory("showreel-system-test");
        var environment = new HashMap<>(switches);
        environment.put("SHOWREEL_HOME", home.toString());
        Settings.DEFAULT_PORTS
                .keySet()
                .forEach(name -> environment.put(Settings.portVariable(name), String.valueOf(Ports.free())));
        environment.put("SHOWREEL_REPLICAS", String.valueOf(replicas));
        var settings = Settings.read(environment, Path.of("..").toAbsolutePath().normalize());
        var ffmpeg = FfmpegTools.find();
        var supervisor = new Supervisor(home, Backoff.DEFAULT, new Log());
        var tuned = tuning.apply(settings);
        supervisor.start(new Platform(settings, ffmpeg)
                .parts().stream()
                        .filter(part -> wanted.test(part.name().replaceFirst("-\\d$", "")))
                        .map(tuned::tuned)
                        .toList());
        supervisor.awaitReady(TO_START);
        return new RunningShowreel(home, settings, ffmpeg, supervisor);
    }

    public URI gateway() {
        return URI.create("http://localhost:" + port("gateway"));
    }

    /** Where the part listens. */
    public int port(String part) {
        return settings.port(part);
    }

    /** The processes at this moment. */
    public List<RunningPart> parts() {
        return supervisor.running();
    }

    public URI sandbox() {
        return URI.create("http://localhost:" + port("sandbox"));
    }

    Path ffmpeg() {
        return ffmpeg.ffmpeg();
    }

    public Path home() {
        return home;
    }

    /** The part with all its processes stands still, as on a machine that hangs: it neither answers nor refuses. */
    void freeze(String part, Duration length) throws InterruptedException {
        var leader = process(part);
        // The leader first, so that it starts no further process meanwhile.
        signal("STOP", leader);
        var frozen = leader.descendants().toList();
        frozen.forEach(process -> signal("STOP", process));
        try {
            Thread.sleep(length);
        } finally {
            frozen.forEach(process -> signal("CONT", process));
            signal("CONT", leader);
        }
    }

    private static void signal(String signal, ProcessHandle process) {
        try {
            new ProcessBuilder("sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The process of the part ends at once, as with {@code kill -9}; the supervisor starts it again. */
    void kill(String part) {
        process(part).destroyForcibly();
    }

    ProcessHandle process(String part) {
        return ProcessHandle.of(pid(part)).orElseThrow();
    }

    /** The process of the part is asked to end, as by an orchestrator; the supervisor starts it again. */
    void restart(String part) {
        process(part).destroy();
    }

    boolean runs(String part) {
        return supervisor.running().stream().anyMatch(running -> running.name().equals(part));
    }

    private long pid(String part) {
        return supervisor.running().stream()
                .filter(running -> running.name().equals(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError(part + " does not run"))
                .pid();
    }

    /** The keys of all stored objects with this prefix. */
    List<String> objects(String prefix) {
        var bucket = home.resolve("s3");
        try (var files = Files.walk(bucket)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> bucket.relativize(file).toString())
                    .filter(key -> key.contains("showreel/" + prefix))
                    .map(key -> key.substring(key.indexOf("showreel/") + "showreel/".length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the services left in their folders for temporary files: neither empty marks nor the gateway's film cache. */
    List<Path> temporaryFiles() {
        var left = new ArrayList<Path>();
        for (var part : List.of("asset", "render", "stitch", "selection")) {
            try (var files = Files.walk(home.resolve("tmp").resolve(part))) {
                files.filter(Files::isRegularFile)
                        // Clips and frames are kept there up to a bound, and are meant to be.
                        .filter(file -> !file.getParent().endsWith("showreel-stitch/cache"))
                        .filter(file -> !file.getParent().endsWith("frames"))
                        .filter(file -> !file.toString().contains("hsperfdata"))
                        .filter(file -> file.toFile().length() > 0)
                        .forEach(left::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return left;
    }

    @Override
    public void close() throws IOException {
        supervisor.close();
        try (Stream<Path> files = Files.walk(home)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static final class Log implements SupervisionLog {

        @Override
        public void ready(Part part, Duration took, boolean first) {
            System.out.printf("  %-12s ready after %.1f s%n", part.name(), took.toMillis() / 1000.0);
        }

        @Override
        public void died(Part part, int exitCode, Path log) {
            System.out.printf("  %-12s died with code %d%n", part.name(), exitCode);
        }

        @Override
        public void failed(Part part, RuntimeException cause) {
            System.out.printf("  %-12s can't be started: %s%n", part.name(), cause);
        }
    }
}
