package io.showreel.local.platform;

import io.showreel.embedded.process.Program;
import io.showreel.embedded.process.Server;
import io.showreel.local.platform.AotTraining.Lesson;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One of our own programs on a JVM of its own. */
final class JavaService implements Server {

    private static final int TIMEOUT_MILLIS = 2_000;

    private final Start start;

    /**
     * @param name unique
     * @param cacheName the same for all replicas
     * @param mainClass with the {@code main} method
     * @param classPath jars only
     * @param jvmOptions heap and the like
     * @param properties handed over as {@code --name=value}
     * @param environment added to ours
     * @param home the data folder; on the command line it also shows whose process this is
     * @param health answers 200 when the service is ready
     */
    record Start(
            String name,
            String cacheName,
            String mainClass,
            List<Path> classPath,
            List<String> jvmOptions,
            Map<String, String> properties,
            Map<String, String> environment,
            Path home,
            URI health) {}

    JavaService(Start start) {
        this.start = start;
    }

    @Override
    public Program prepare() {
        var cached = aotCache().exists() ? List.of("-XX:AOTCache=" + aotCache().file()) : List.<String>of();
        return program(start.name(), List.of(), cached);
    }

    /** What makes the cache for the next starts; empty if it is there. */
    Optional<Lesson> lesson() {
        var cache = aotCache();
        if (cache.exists()) {
            return Optional.empty();
        }
        var draft = cache.file().resolveSibling(cache.file().getFileName() + ".new");
        // Low priority, and an end as soon as everything is wired, before anything is listened to or worked on.
        var program = program(
                start.name() + "-training",
                List.of("nice", "-n", "19"),
                List.of("-XX:AOTCacheOutput=" + draft, "-Dspring.context.exit=onRefresh"));
        return Optional.of(new Lesson(program, draft, cache.file()));
    }

    private Program program(String name, List<String> prefix, List<String> furtherOptions) {
        var temporary = start.home().resolve("tmp").resolve(name);
        try {
            Files.createDirectories(temporary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(start.jvmOptions());
        command.addAll(furtherOptions);
        command.add("-Dshowreel.home=" + start.home());
        command.add("-Djava.io.tmpdir=" + temporary);
        command.add("-cp");
        command.add(start.classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(start.mainClass());
        start.properties().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(property -> command.add("--" + property.getKey() + "=" + property.getValue()));
        return new Program(name, command, start.environment(), start.home(), Program.StopSignal.TERM);
    }

    AotCache aotCache() {
        return AotCache.of(start.home().resolve("cache"), start.cacheName(), start.classPath(), start.jvmOptions());
    }

    @Override
    public boolean isReady() {
        try {
            var connection = (HttpURLConnection) start.health().toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            var ready = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            connection.disconnect();
            return ready;
        } catch (IOException e) {
            return false;
        }
    }
}
