package io.showreel.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The jars of the servers, found through the list that the build wrote. They are on no class path but that of the
 * servers' own processes, so that Kafka's and s3proxy's libraries never meet ours.
 */
final class ServerJars {

    private static final String LIST = "servers.classpath";

    private ServerJars() {}

    /** The jar whose file name starts like this. */
    static Path named(String prefix) {
        return all().stream()
                .filter(jar -> jar.getFileName().toString().startsWith(prefix))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The build listed no jar named " + prefix + "*"));
    }

    /** The command that runs a main class of the servers on the JDK that runs us. */
    static List<String> java(String heap, List<String> options, String mainClass, String... arguments) {
        var classPath = new ArrayList<String>();
        classPath.add(ourOwn().toString());
        all().forEach(jar -> classPath.add(jar.toString()));
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlogback.configurationFile=io/showreel/embedded/server-logback.xml"));
        command.addAll(options);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), mainClass));
        command.addAll(List.of(arguments));
        return command;
    }

    private static List<Path> all() {
        try (var list = Objects.requireNonNull(ServerJars.class.getResourceAsStream(LIST), "The build wrote no list")) {
            var text = new String(list.readAllBytes(), StandardCharsets.UTF_8).strip();
            return List.of(text.split(File.pathSeparator)).stream()
                    .map(Path::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path ourOwn() {
        try {
            return Path.of(ServerJars.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
