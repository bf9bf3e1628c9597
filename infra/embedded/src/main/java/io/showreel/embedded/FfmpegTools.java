package io.showreel.embedded;

import io.showreel.embedded.Ffmpeg.Origin;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds ffmpeg: the system's if it can do what we need, else the static one from Maven Central.
 * {@code SHOWREEL_FFMPEG} = {@code system}, {@code static} or a path forces one.
 */
public final class FfmpegTools {

    private static final String CHOICE = "SHOWREEL_FFMPEG";
    private static final Pattern VERSION = Pattern.compile("ffmpeg version (\\S+)");
    private static final Pattern RELEASE = Pattern.compile("n?(\\d+)\\.(\\d+).*");
    private static final List<String> FILTERS =
            List.of("xfade", "loudnorm", "drawtext", "subtitles", "zoompan", "acrossfade", "sidechaincompress");
    private static final List<String> ENCODERS = List.of("libx264", "aac", "mjpeg", "png");
    private static final int OLDEST_MAJOR = 5;
    private static final int OLDEST_MINOR = 1;

    private static @Nullable Ffmpeg found;

    private FfmpegTools() {}

    /** Looks once: whether one can do what we need takes four processes to find out. */
    public static synchronized Ffmpeg find() {
        var known = found;
        if (known == null) {
            known = find(
                    System.getenv().getOrDefault(CHOICE, ""), System.getenv().getOrDefault("PATH", ""));
            found = known;
        }
        return known;
    }

    static Ffmpeg find(String choice, String searchPath) {
        return switch (choice) {
            case "" -> system(searchPath).orElseGet(FfmpegTools::bundled);
            case "system" ->
                system(searchPath)
                        .orElseThrow(() -> new IllegalStateException(
                                "No ffmpeg %d.%d or newer with %s and %s is on the PATH; %s=static brings one along"
                                        .formatted(OLDEST_MAJOR, OLDEST_MINOR, ENCODERS, FILTERS, CHOICE)));
            case "static" -> bundled();
            default -> chosen(Path.of(choice).toAbsolutePath());
        };
    }

    private static Optional<Ffmpeg> system(String searchPath) {
        return on(searchPath, "ffmpeg")
                .filter(FfmpegTools::isRecent)
                .filter(FfmpegTools::canDoAll)
                .map(path -> new Ffmpeg(path, on(searchPath, "ffprobe"), version(path), Origin.SYSTEM));
    }

    /** The static one, whatever the system has. */
    public static Ffmpeg bundled() {
        var jar = ServerJars.named("jave-nativebin-linux64");
        var name = jar.getFileName().toString().replace("jave-nativebin-linux64", "ffmpeg");
        var folder = Caches.unpacked(name.substring(0, name.length() - ".jar".length()), draft -> {
            try (var archive = new JarFile(jar.toFile());
                    var bytes = archive.getInputStream(archive.getEntry("ws/schild/jave/nativebin/ffmpeg-amd64"))) {
                var file = draft.resolve("ffmpeg");
                Files.copy(bytes, file);
                if (!file.toFile().setExecutable(true)) {
                    throw new IOException("Cannot make " + file + " executable");
                }
            }
        });
        var path = folder.resolve("ffmpeg");
        return new Ffmpeg(path, Optional.empty(), version(path), Origin.STATIC);
    }

    private static Ffmpeg chosen(Path path) {
        if (!Files.isExecutable(path) || !canDoAll(path)) {
            throw new IllegalStateException(
                    "%s=%s is not an ffmpeg with %s and %s".formatted(CHOICE, path, ENCODERS, FILTERS));
        }
        var ffprobe = Optional.of(path.resolveSibling("ffprobe")).filter(Files::isExecutable);
        return new Ffmpeg(path, ffprobe, version(path), Origin.CHOSEN);
    }

    private static Optional<Path> on(String searchPath, String name) {
        return Stream.of(searchPath.split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A version that names no release is a build from the sources' head. */
    private static boolean isRecent(Path ffmpeg) {
        var release = RELEASE.matcher(version(ffmpeg));
        if (!release.matches()) {
            return true;
        }
        var major = Integer.parseInt(release.group(1));
        var minor = Integer.parseInt(release.group(2));
        return major > OLDEST_MAJOR || (major == OLDEST_MAJOR && minor >= OLDEST_MINOR);
    }

    private static boolean canDoAll(Path ffmpeg) {
        return hasAll(ffmpeg, "-filters", FILTERS) && hasAll(ffmpeg, "-encoders", ENCODERS);
    }

    private static boolean hasAll(Path ffmpeg, String list, List<String> names) {
        var listed = output(ffmpeg, "-hide_banner", list);
        return names.stream().allMatch(name -> Pattern.compile("(?m)^ \\S+ +" + name + " ")
                .matcher(listed)
                .find());
    }

    private static String version(Path ffmpeg) {
        var version = VERSION.matcher(output(ffmpeg, "-version"));
        return version.find() ? version.group(1) : "unknown";
    }

    private static String output(Path ffmpeg, String... arguments) {
        var command = Stream.concat(Stream.of(ffmpeg.toString()), Stream.of(arguments))
                .toList();
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            try (var reader = process.inputReader()) {
                return reader.readAllAsString();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + ffmpeg, e);
        }
    }
}
