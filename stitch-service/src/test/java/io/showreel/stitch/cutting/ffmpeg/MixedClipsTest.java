package io.showreel.stitch.cutting.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.scene.SceneRequest.Fit;
import io.showreel.stitch.editing.EditList.Kind;
import io.showreel.stitch.editing.EditList.Transition;
import io.showreel.stitch.editing.Footage.Packet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Films of clips that have nothing in common: codec x pixel format x rate x size x shape of pixels x sound, drawn from
 * all combinations by a seed.
 */
class MixedClipsTest {

    private static final int CLIPS_OF_A_FILM = 10;
    /** Frames of a scene and of its clip: either may be the shorter. */
    private static final int SHORTEST = 8;

    private static final int LONGEST = 18;
    private static final List<String> RATIOS = List.of("16:9", "9:16", "1:1");

    private static final List<String> STREAMS = List.of(
            "libx264 yuv420p",
            "libx264 yuv422p",
            "libx264 yuv444p",
            "libx264 yuvj420p",
            "libx264 yuv420p10le",
            "libx265 yuv420p",
            "libx265 yuv420p10le",
            "mpeg4 yuv420p",
            "libvpx-vp9 yuv420p",
            "libvpx-vp9 yuv444p",
            "mjpeg yuvj420p",
            "mjpeg yuvj422p");
    private static final List<String> RATES = List.of("24", "30", "25", "24000/1001", "60", "12", "30 varying");
    private static final List<String> SIZES = List.of("256x144", "144x256", "128x96", "192x192", "254x142", "320x180");
    private static final List<String> PIXELS = List.of("1/1", "4/3", "8/9");
    private static final List<String> SOUNDS = List.of("none", "shorter", "longer");

    @TempDir
    private Path folder;

    private record Combination(String stream, String rate, String size, String pixels, String sound) {}

    @Test
    void a_share_of_all_combinations_becomes_exact_films() throws Exception {
        cut(60, Long.getLong("mixed.seed", 1));
    }

    @Test
    @Tag("nightly")
    void three_hundred_combinations_become_exact_films() throws Exception {
        cut(300, Long.getLong("mixed.seed", System.nanoTime()));
    }

    /** Two films at a time, as one alone leaves a core idle now and then. */
    private void cut(int count, long seed) throws Exception {
        System.out.printf("%d combinations drawn with -Dmixed.seed=%d%n", count, seed);
        var random = new Random(seed);
        var all = combinations();
        Collections.shuffle(all, random);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var films = new ArrayList<Callable<Void>>();
            for (int first = 0; first < count; first += CLIPS_OF_A_FILM) {
                var some = all.subList(first, first + CLIPS_OF_A_FILM);
                long draw = random.nextLong();
                films.add(() -> {
                    check(some, new Random(draw), "seed %d, %s".formatted(seed, some));
                    return null;
                });
            }
            for (var film : threads.invokeAll(films)) {
                film.get();
            }
        }
    }

    private void check(List<Combination> combinations, Random random, String which) throws Exception {
        var material = new Material(Files.createTempDirectory(folder, "film"), 144);
        material.fit(Fit.values()[random.nextInt(Fit.values().length)]);
        for (var combination : combinations) {
            var kind = Kind.values()[random.nextInt(Kind.values().length)];
            var into = kind == Kind.CUT || material.shots.isEmpty()
                    ? Transition.CUT
                    : new Transition(kind, 2 + random.nextInt(3));
            int frames = SHORTEST + random.nextInt(LONGEST - SHORTEST);
            material.shot(frames, into, arguments(combination, SHORTEST + random.nextInt(LONGEST - SHORTEST)));
        }
        material.music(3);
        var ratio = RATIOS.get(random.nextInt(RATIOS.size()));
        int frames = material.edits(ratio).frames();

        var film = material.cut(TestFfmpeg.programs().findFirst().orElseThrow(), ratio);

        assertThat(material.pictures(film.film())).as(which).hasSize(frames);
        assertThat(material.packets(film.film(), "0:v:0").stream()
                        .mapToLong(Packet::pts)
                        .sorted())
                .as(which)
                .containsExactlyElementsOf(
                        LongStream.range(0, frames).map(i -> i * 512).boxed().toList());
        var sound = material.packets(film.film(), "0:a:0").getLast();
        assertThat(sound.pts() + sound.duration())
                .as("samples, within a frame: %s", which)
                .isBetween((frames - 1) * 2000L, (frames + 1) * 2000L);
    }

    private static List<Combination> combinations() {
        var all = new ArrayList<Combination>();
        for (var stream : STREAMS) {
            for (var rate : RATES) {
                for (var size : SIZES) {
                    for (var pixels : PIXELS) {
                        for (var sound : SOUNDS) {
                            all.add(new Combination(stream, rate, size, pixels, sound));
                        }
                    }
                }
            }
        }
        return all;
    }

    private static String[] arguments(Combination combination, int frames) {
        var codec = combination.stream().split(" ")[0];
        var format = combination.stream().split(" ")[1];
        var rate = combination.rate().split(" ")[0];
        boolean varying = combination.rate().endsWith("varying");
        var arguments =
                new ArrayList<>(List.of("-f", "lavfi", "-i", "testsrc2=s=%s:r=%s".formatted(combination.size(), rate)));
        if (!combination.sound().equals("none")) {
            var length = combination.sound().equals("longer") ? "2" : "0.2";
            arguments.addAll(List.of("-f", "lavfi", "-i", "sine=duration=" + length));
        }
        arguments.addAll(List.of(
                "-vf",
                (varying ? "select='lt(n,5)+not(mod(n,2))'," : "") + "format=" + format + ",setsar="
                        + combination.pixels(),
                "-vsync",
                varying ? "vfr" : "cfr",
                "-frames:v",
                Integer.toString(frames),
                "-c:v",
                codec));
        arguments.addAll(
                switch (codec) {
                    case "libx264" -> List.of("-preset", "ultrafast", "-bf", "2");
                    case "libx265" ->
                        List.of("-preset", "ultrafast", "-x265-params", "log-level=error", "-tag:v", "hvc1");
                    case "libvpx-vp9" -> List.of("-deadline", "realtime", "-cpu-used", "8");
                    default -> List.of("-q:v", "4");
                });
        arguments.addAll(List.of("-c:a", codec.equals("libvpx-vp9") ? "libopus" : "aac"));
        return arguments.toArray(String[]::new);
    }
}
