package io.showreel.asset.media;

import io.showreel.embedded.FfmpegTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** Makes real files with a real encoder, each once. */
final class Films {

    private static final Map<List<String>, byte[]> MADE = new ConcurrentHashMap<>();

    private Films() {}

    /**
     * What FFmpeg makes of a source.
     *
     * @param name says by its extension what it becomes
     */
    static byte[] of(String name, String source, String... options) {
        var request = new ArrayList<>(List.of(name, source));
        request.addAll(Arrays.asList(options));
        return MADE.computeIfAbsent(request, made -> make(name, source, options))
                .clone();
    }

    /** A film of that size: a short one, followed by a box that players skip. */
    static byte[] mp4(int size) {
        var film = of("a.mp4", "testsrc=size=64x48:duration=0.5", "-pix_fmt", "yuv420p");
        var padding = new byte[size - film.length - 8];
        new Random(7).nextBytes(padding);
        return ByteBuffer.allocate(size)
                .put(film)
                .putInt(padding.length + 8)
                .put("free".getBytes(StandardCharsets.US_ASCII))
                .put(padding)
                .array();
    }

    static byte[] webp(int width, int height, boolean lossless) {
        return of(
                "a.webp",
                "testsrc=size=%dx%d:duration=0.1".formatted(width, height),
                "-frames:v",
                "1",
                "-c:v",
                "libwebp",
                "-lossless",
                lossless ? "1" : "0");
    }

    /** A film that was taken with the camera on its side; only a copy keeps that note. */
    static byte[] turned(String name, int degrees) {
        var film = of("upright.mp4", "testsrc=size=320x240:duration=2");
        return MADE.computeIfAbsent(List.of(name, "turned", Integer.toString(degrees)), made -> {
                    try {
                        var upright = Files.createTempFile("films-", ".mp4");
                        Files.write(upright, film);
                        var bytes = encode(
                                name, "-i", upright.toString(), "-c", "copy", "-metadata:s:v:0", "rotate=" + degrees);
                        Files.delete(upright);
                        return bytes;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .clone();
    }

    private static byte[] make(String name, String source, String... options) {
        var arguments = new ArrayList<>(List.of("-f", "lavfi", "-i", source));
        arguments.addAll(Arrays.asList(options));
        return encode(name, arguments.toArray(String[]::new));
    }

    private static byte[] encode(String name, String... arguments) {
        try {
            var folder = Files.createTempDirectory("films-");
            var file = folder.resolve(name);
            var command = new ArrayList<>(List.of(FfmpegTools.find().ffmpeg().toString(), "-v", "error", "-y"));
            command.addAll(Arrays.asList(arguments));
            command.add(file.toString());
            var process = new ProcessBuilder(command).inheritIO().start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("Could not make " + name);
            }
            var bytes = Files.readAllBytes(file);
            Files.delete(file);
            Files.delete(folder);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
