package io.showreel.sandbox.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Turns shots and sounds into files. */
final class Renderer {
    private final FfmpegRun ffmpeg;

    Renderer(FfmpegRun ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    void render(Shot shot, Path desk, Path target) throws IOException, InterruptedException {
        var graph = Files.writeString(desk.resolve("graph"), shot.graph());
        var still = shot.first().or(shot::last);
        var inputs = still.isPresent()
                ? Stream.concat(shot.first().stream(), shot.last().stream())
                        .flatMap(frame -> Stream.of(
                                "-threads",
                                "1",
                                "-framerate",
                                Integer.toString(shot.fps()),
                                "-i",
                                frame.file().toString()))
                : Stream.of("-f", "lavfi", "-i", backdrop(shot));
        var sound = desk.resolve("sound.wav");
        if (shot.audio()) {
            Wave.write(ChordPad.seeded(shot.seed(), shot.seconds()), 48_000, sound);
        }
        ffmpeg.must(Stream.of(
                        inputs,
                        shot.audio() ? Stream.of("-i", sound.toString()) : Stream.<String>empty(),
                        Stream.of("-filter_complex_threads", "1", "-filter_complex_script", graph.toString()),
                        Stream.of("-map", "[v]"),
                        shot.audio()
                                ? Stream.of("-map", soundInput(shot) + ":a:0", "-c:a", "aac", "-b:a", "128k")
                                : Stream.of("-an"),
                        encoder(shot),
                        Stream.of("-movflags", "+faststart", target.toString()))
                .flatMap(part -> part));
    }

    private static int soundInput(Shot shot) {
        return shot.first().isPresent() && shot.last().isPresent() ? 2 : 1;
    }

    /** One keyframe and B-frames, as providers encode; fast, but with the tools of the High profile. */
    private static Stream<String> encoder(Shot shot) {
        var size = Integer.toString(shot.frames() + 1);
        return Stream.of(
                "-r",
                Integer.toString(shot.fps()),
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-crf",
                "19",
                "-bf",
                "3",
                "-g",
                size,
                "-keyint_min",
                size,
                "-sc_threshold",
                "0",
                "-x264-params",
                "8x8dct=1:cabac=1",
                "-pix_fmt",
                "yuv420p",
                "-colorspace",
                "bt709",
                "-color_primaries",
                "bt709",
                "-color_trc",
                "bt709",
                "-color_range",
                "tv",
                "-threads",
                "1",
                "-frames:v",
                Integer.toString(shot.frames()));
    }

    /** Without photos: a soft gradient to move over. */
    private static String backdrop(Shot shot) {
        return String.format(
                Locale.ROOT,
                "gradients=s=%dx%d:r=%d:c0=0x%06x:c1=0x%06x:x0=0:y0=0:x1=%d:y1=%d:d=1",
                shot.width(),
                shot.height(),
                shot.fps(),
                Math.floorMod(shot.seed() * 2_654_435_761L, 0x1000000L),
                Math.floorMod(shot.seed() * 40_503L + 0x7f4f2fL, 0x1000000L),
                shot.width(),
                shot.height());
    }

    void encode(Sound sound, int sampleRate, Path desk, Path target) throws IOException, InterruptedException {
        var wave = desk.resolve("sound.wav");
        Wave.write(sound, sampleRate, wave);
        if (target.toString().endsWith(".wav")) {
            Files.move(wave, target);
            return;
        }
        var codec = target.toString().endsWith(".pcm") ? Stream.of("-f", "s16le") : Stream.of("-b:a", "192k");
        ffmpeg.must(Stream.of(Stream.of("-i", wave.toString()), codec, Stream.of(target.toString()))
                .flatMap(part -> part));
    }
}
