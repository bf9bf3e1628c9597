package io.showreel.system.benchmark;

import io.showreel.embedded.FfmpegTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is done by hand today: one FFmpeg over local files, with everything this machine has. And the clips for it. */
final class UsualCutting {

    private static final int FRAMES = 144;
    private static final int FADE = 12;
    private static final List<String> ENCODER =
            List.of("-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-pix_fmt", "yuv420p");
    private static final List<String> PICTURES = List.of("testsrc2", "testsrc", "smptehdbars", "rgbtestsrc");

    private final Path folder;

    UsualCutting(Path folder) {
        this.folder = folder;
    }

    /** Four clips as providers make them: B-frames, one keyframe, some grain, slowly turning. */
    List<Path> clips(int rate, String size) throws IOException, InterruptedException {
        var clips = new ArrayList<Path>();
        for (var picture : PICTURES) {
            var file = folder.resolve("%s-%d-%s.mp4".formatted(picture, rate, size));
            if (!Files.exists(file)) {
                run(
                        ("-f lavfi -i %s=s=%s:r=%d -vf rotate=0.02*sin(t):c=gray,noise=alls=3:allf=t,format=yuv420p"
                                        + " -frames:v %d -c:v libx264 -preset veryfast -profile:v high"
                                        + " -x264-params stitchable=1 -crf 18 -bf 3 -g 999 -colorspace bt709"
                                        + " -movflags +faststart")
                                .formatted(picture, size, rate, FRAMES * rate / 24),
                        file);
            }
            clips.add(file);
        }
        return clips;
    }

    /** As many files of these pictures, in turns. */
    static List<Path> repeated(List<Path> clips, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> clips.get(i % clips.size()))
                .toList();
    }

    /** The same pictures as a file that nobody has seen before. */
    Path another(Path clip, String name) throws IOException, InterruptedException {
        var file = folder.resolve("another.mp4");
        run("-i %s -c copy -video_track_timescale 12288 -metadata title=%s".formatted(clip, name), file);
        return file;
    }

    /** Seconds of joining by copy. */
    double concat(List<Path> clips) throws IOException, InterruptedException {
        var list = Files.writeString(
                folder.resolve("list.txt"),
                clips.stream().map(clip -> "file '" + clip + "'\n").collect(Collectors.joining()));
        return timed("-f concat -safe 0 -i %s -c copy".formatted(list));
    }

    /** Seconds of encoding everything anew, with fades of half a second in between. */
    double fades(List<Path> clips) throws IOException, InterruptedException {
        var chain = new StringBuilder();
        for (int i = 0; i < clips.size(); i++) {
            chain.append("[%1$d:v]settb=1/24,tpad=stop_mode=clone:stop=2[c%1$d];".formatted(i));
        }
        var last = "c0";
        for (int i = 1; i < clips.size(); i++) {
            double offset = i * (FRAMES - FADE) / 24.0;
            chain.append(String.format(
                    Locale.ROOT, "[%s][c%d]xfade=transition=fade:duration=0.5:offset=%.3f[x%2$d];", last, i, offset));
            last = "x" + i;
        }
        return whole(clips, chain + "[" + last + "]null[v]", clips.size() * FRAMES - (clips.size() - 1) * FADE);
    }

    /** Seconds of encoding everything anew, of one size and rate. */
    double join(List<Path> clips) throws IOException, InterruptedException {
        var chain = new StringBuilder();
        for (int i = 0; i < clips.size(); i++) {
            chain.append("[%1$d:v]scale=1920:1080,setsar=1,fps=24[c%1$d];".formatted(i));
        }
        for (int i = 0; i < clips.size(); i++) {
            chain.append("[c%d]".formatted(i));
        }
        return whole(clips, chain + "concat=n=%d:v=1[v]".formatted(clips.size()), clips.size() * FRAMES);
    }

    /** How many pictures a clip decodes to. */
    int frames(Path clip) throws IOException, InterruptedException {
        var list = folder.resolve("frames.txt");
        run(List.of("-v", "error", "-i", clip.toString(), "-map", "0:v:0", "-f", "framecrc", list.toString()));
        try (var lines = Files.lines(list)) {
            return (int) lines.filter(line -> !line.startsWith("#")).count();
        }
    }

    /** How much a film looks like what was made last in the usual way; 1 for no difference. */
    String ssim(Path film) throws IOException, InterruptedException {
        var command = List.of(
                "-v", "info", "-i", film.toString(), "-i", result().toString(), "-lavfi", "ssim", "-f", "null", "-");
        return run(command).replaceAll("(?s).*SSIM.*All:([0-9.]+).*", "$1");
    }

    private double whole(List<Path> clips, String chain, int frames) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        clips.forEach(clip -> command.addAll(List.of("-i", clip.toString())));
        command.addAll(List.of("-filter_complex", chain, "-map", "[v]", "-frames:v", Integer.toString(frames)));
        command.addAll(ENCODER);
        return timed(command);
    }

    private double timed(String arguments) throws IOException, InterruptedException {
        return timed(List.of(arguments.split(" ")));
    }

    private double timed(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(arguments);
        command.add(result().toString());
        long start = System.nanoTime();
        run(command);
        return (System.nanoTime() - start) / 1e9;
    }

    /** What was made last. */
    Path result() {
        return folder.resolve("usual.mp4");
    }

    private void run(String arguments, Path output) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(arguments.split(" ")));
        command.add(output.toString());
        run(command);
    }

    private String run(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(FfmpegTools.find().ffmpeg().toString(), "-v", "error", "-nostdin", "-y"));
        command.addAll(arguments);
        var said = folder.resolve("said.txt");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + Files.readString(said));
        }
        return Files.readString(said);
    }
}
