package io.showreel.sandbox;

import io.showreel.embedded.FfmpegTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Makes photos, and looks at clips, with ffmpeg alone. */
public final class Photos {
    private static final Pattern SSIM = Pattern.compile("All:([0-9.]+)");
    private static final Path FFMPEG = FfmpegTools.find().ffmpeg();

    private Photos() {}

    /** Two kinds of pictures that are nothing like each other. */
    public enum Motif {
        BARS("smptehdbars"),
        FRACTAL("mandelbrot=start_scale=1.2");

        private final String source;

        Motif(String source) {
            this.source = source;
        }
    }

    public static Path photo(Path directory, Motif motif, int width, int height) {
        var file = directory.resolve(motif + "-" + width + "x" + height + ".jpg");
        var separator = motif.source.contains("=") ? ":" : "=";
        run(
                "-f",
                "lavfi",
                "-i",
                motif.source + separator + "s=" + width + "x" + height,
                "-frames:v",
                "1",
                "-q:v",
                "2",
                file.toString());
        return file;
    }

    /** How alike a clip's frame and a photo are; 1 is equal. */
    public static double likeness(Path clip, int frame, Path photo, int width, int height) {
        var graph =
                "[0:v]trim=start_frame=%d:end_frame=%d,setpts=PTS-STARTPTS[a];[1:v]scale=%d:%d[b];[a][b]ssim=stats_file=-"
                        .formatted(frame, frame + 1, width, height);
        var matcher = SSIM.matcher(
                run("-i", clip.toString(), "-i", photo.toString(), "-filter_complex", graph, "-f", "null", "-"));
        if (!matcher.find()) {
            throw new IllegalStateException("ffmpeg measured nothing");
        }
        return Double.parseDouble(matcher.group(1));
    }

    /** A clip's streams and packets, as framecrc lists them. */
    public static List<String> packets(Path clip) {
        return run("-i", clip.toString(), "-map", "0", "-c", "copy", "-f", "framecrc", "-")
                .lines()
                .toList();
    }

    /** The frames of the picture that decode, or only its keyframes. */
    public static long frames(Path clip, boolean keyframesOnly) {
        List<String> arguments = new ArrayList<>();
        if (keyframesOnly) {
            arguments.addAll(List.of("-skip_frame", "nokey"));
        }
        arguments.addAll(
                List.of("-i", clip.toString(), "-map", "0:v:0", "-vsync", "passthrough", "-f", "framecrc", "-"));
        return run(arguments.toArray(String[]::new))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .count();
    }

    public static String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(FFMPEG.toString(), "-nostdin", "-v", "error", "-y"));
        command.addAll(List.of(arguments));
        try {
            var output = Files.createTempFile("ffmpeg", ".txt");
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            int exit = process.waitFor();
            var text = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            if (exit != 0) {
                throw new IllegalStateException(text);
            }
            return text;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
