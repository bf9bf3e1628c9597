package io.showreel.stitch.cutting.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.tuple;

import io.showreel.contracts.scene.SceneRequest.Fit;
import io.showreel.contracts.video.VideoEvent.Choice;
import io.showreel.stitch.cutting.Editor.CutFilm;
import io.showreel.stitch.editing.CannotCutException;
import io.showreel.stitch.editing.EditList.Kind;
import io.showreel.stitch.editing.EditList.Shot;
import io.showreel.stitch.editing.EditList.Transition;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What FFmpeg does silently wrong when it is asked carelessly; in small pictures. */
class TrapsTest {

    private static final String PROGRAM = TestFfmpeg.programs().findFirst().orElseThrow();
    private static final int SHORT_SIDE = 144;
    private static final Transition DISSOLVE = new Transition(Kind.DISSOLVE, 12);

    @TempDir
    private Path folder;

    private Material material;

    @BeforeEach
    void collect() {
        material = new Material(folder, SHORT_SIDE);
    }

    @Test
    void clips_of_24_and_30_frames_a_second_do_not_stretch_the_film() throws Exception {
        shot(36, Transition.CUT, 256, 144, "24", 36);
        shot(36, Transition.CUT, 256, 144, "30", 45);

        assertThat(reasons(film(72))).contains("it is not of 24 steady frames a second");
    }

    @Test
    void clips_of_two_sizes_become_one_size() throws Exception {
        shot(24, Transition.CUT, 256, 144, "24", 24);
        shot(24, Transition.CUT, 192, 108, "24", 24);

        assertThat(reasons(film(48))).contains("it is 192x108, not 256x144");
    }

    @ParameterizedTest
    @CsvSource({"22", "23", "24", "25"})
    void a_cut_under_b_frames_adds_none(int frames) throws Exception {
        shot(frames, Transition.CUT, 256, 144, "24", 36);
        shot(24, Transition.CUT, 256, 144, "24", 24);

        film(frames + 24);
    }

    @Test
    void full_range_colours_keep_their_brightness() throws Exception {
        material.shot(24, Transition.CUT, grey(128, "pc", "bt709"));

        var film = film(24);

        assertThat(film.way()).isEqualTo("normalise");
        assertThat(material.luma(film.film(), "null"))
                .allSatisfy(
                        luma -> assertThat(luma).as("128 of 255 in 16 to 235").isBetween(125.0, 127.0));
    }

    @Test
    void a_clip_that_players_turn_is_turned() throws Exception {
        var upright = shot(24, Transition.CUT, 144, 256, "24", 24);
        material.shots.clear();
        var turned = folder.resolve("turned.mov");
        TestFfmpeg.run(
                folder, "-i", upright.toString(), "-c", "copy", "-metadata:s:v:0", "rotate=90", turned.toString());
        material.shot(24, Transition.CUT, turned);

        assertThat(reasons(film(24))).containsExactly("players have to turn it");
    }

    @Test
    void pixels_that_are_not_square_are_made_so() throws Exception {
        // 192x144 with pixels of 4:3 shows 256x144: it fills the frame.
        material.shot(24, Transition.CUT, source(192, 144, "24", 24, "setsar=4/3"));

        var film = film(24);

        assertThat(film.way()).isEqualTo("normalise");
        assertThat(material.luma(film.film(), "crop=20:144:0:0"))
                .allSatisfy(luma -> assertThat(luma).isPositive());
    }

    @Test
    void a_variable_frame_rate_becomes_a_steady_one() throws Exception {
        material.shot(
                36, Transition.CUT, source(256, 144, "30", 60, "select='not(mod(n,3))+lt(n,20)'", "-vsync", "vfr"));

        film(36);
    }

    @Test
    void odd_dimensions_are_no_obstacle() throws Exception {
        material.shot(
                24,
                Transition.CUT,
                source(256, 144, "24", 24, "format=yuv444p,scale=255:143", "-profile:v", "high444"));

        assertThat(reasons(film(24))).containsExactly("it is 255x143, not 256x144");
    }

    @Test
    void a_shorter_clip_is_held_and_a_longer_one_trimmed() throws Exception {
        shot(36, Transition.CUT, 256, 144, "24", 20);
        shot(24, Transition.CUT, 256, 144, "24", 50);

        var film = film(60);

        assertThat(reasons(film)).contains("it lacks 16 of 36 frames");
        var pictures = material.luma(film.film(), "null");
        assertThat(pictures.subList(22, 36))
                .allSatisfy(luma -> assertThat(luma).isBetween(pictures.get(22) - 1, pictures.get(22) + 1));
    }

    @Test
    void a_clip_without_sound_beside_one_with_too_much_of_it_shifts_nothing() throws Exception {
        material.shot(24, Transition.CUT, withSound(24, 3));
        shot(24, Transition.CUT, 256, 144, "24", 24);
        material.shot(24, Transition.CUT, withSound(24, 2));
        material.music(2);

        var film = film(72);

        assertThat(film.way()).isEqualTo("copy+music");
        var sound = material.packets(film.film(), "0:a:0").getLast();
        assertThat(sound.pts() + sound.duration()).isBetween(72 * 2000L - 48, 72 * 2000L + 48);
    }

    @Test
    void a_damaged_clip_makes_no_film() throws Exception {
        var clip = shot(48, Transition.CUT, 256, 144, "24", 48);
        try (var file = FileChannel.open(clip, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(1500), file.size() / 2);
        }

        assertThatThrownBy(() -> film(48))
                .isInstanceOfSatisfying(CannotCutException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo("unreadable_clip"));
    }

    @Test
    void a_clip_of_nearly_the_size_fills_the_frame_without_bars() throws Exception {
        material.shot(
                24,
                Transition.CUT,
                source(256, 144, "24", 24, "negate,eq=brightness=0.4,format=yuv444p,scale=255:143"));

        var film = film(24);

        assertThat(material.luma(film.film(), "crop=256:2:0:0"))
                .allSatisfy(luma -> assertThat(luma).isGreaterThan(60));
    }

    @ParameterizedTest
    @EnumSource(Fit.class)
    void a_clip_of_another_shape_fills_the_frame_blurred_or_cropped(Fit fit) throws Exception {
        material.fit(fit);
        material.shot(12, Transition.CUT, grey(200, "tv", "bt709"));

        var film = material.cut(PROGRAM, "9:16");

        assertThat(film.width()).isEqualTo(144);
        assertThat(film.height()).isEqualTo(256);
        var above = material.luma(film.film(), "crop=144:20:0:0").getFirst();
        var middle = material.luma(film.film(), "crop=144:20:0:118").getFirst();
        assertThat(above).as("never black").isGreaterThan(120);
        assertThat(middle - above).isCloseTo(fit == Fit.CROP ? 0.0 : 13.0, offset(6.0));
    }

    @Test
    void names_of_files_and_their_contents_open_nothing_else() throws Exception {
        var list = Files.writeString(folder.resolve("clip.mp4"), "ffconcat version 1.0\nfile '/etc/hostname'\n");
        material.shot(24, Transition.CUT, list);

        assertThatThrownBy(() -> film(24)).isInstanceOf(CannotCutException.class);

        var remote = Files.writeString(
                folder.resolve("clip.m3u8"), "#EXTM3U\n#EXTINF:1,\nhttp://localhost:1/clip.ts\n#EXT-X-ENDLIST\n");
        material.shots.clear();
        material.shot(24, Transition.CUT, remote);
        assertThatThrownBy(() -> film(24)).isInstanceOf(CannotCutException.class);
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = "CUT", mode = EnumSource.Mode.EXCLUDE)
    void a_transition_loses_and_doubles_no_frame(Kind kind) throws Exception {
        shot(48, Transition.CUT, 256, 144, "24", 48);
        shot(36, new Transition(kind, 12), 256, 144, "24", 36);
        shot(48, new Transition(kind, 7), 256, 144, "30", 60);

        var film = film(48 + 36 + 48 - 12 - 7);

        assertThat(film.plan())
                .extracting(Choice::subject, Choice::way)
                .containsExactly(
                        tuple("clip", "normalise"),
                        tuple("transition", "window"),
                        tuple("clip", "normalise"),
                        tuple("transition", "window"),
                        tuple("clip", "normalise"));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void a_dissolve_goes_from_one_picture_to_the_other_evenly(String program) throws Exception {
        material.shot(36, Transition.CUT, grey(40, "tv", "bt709"));
        material.shot(36, DISSOLVE, grey(200, "tv", "bt709"));

        var film = material.cut(program, "16:9");

        var luma = material.luma(film.film(), "null");
        assertThat(luma).hasSize(60).isSorted();
        assertThat(luma.get(23)).isCloseTo(luma.get(0), offset(1.5));
        assertThat(luma.get(36)).isCloseTo(luma.get(59), offset(1.5));
        assertThat(IntStream.range(24, 36).mapToDouble(i -> luma.get(i) - luma.get(i - 1)))
                .allSatisfy(step -> assertThat(step).isBetween(-1.5, 20.0));
    }

    @Test
    void what_lies_outside_of_transitions_is_copied_from_clips_of_our_own_encoder() throws Exception {
        shot(48, Transition.CUT, 256, 144, "24", 48);
        shot(48, DISSOLVE, 256, 144, "24", 48);
        film(84);
        var made = new ArrayList<Path>();
        for (int i = 1; i <= 2; i++) {
            var clip = "clip-" + i;
            made.add(material.shelf.reels.entrySet().stream()
                    .filter(each ->
                            each.getKey().startsWith("house") && each.getKey().endsWith(clip))
                    .findFirst()
                    .orElseThrow()
                    .getValue()
                    .file());
        }
        var again = new Material(folder, SHORT_SIDE);
        again.shot(48, Transition.CUT, made.get(0));
        again.shot(48, DISSOLVE, made.get(1));

        var film = again.cut(PROGRAM, "16:9");

        assertThat(film.way()).as("%s", film.plan()).isEqualTo("window");
        var pictures = hashes(again.pictures(film.film()));
        assertThat(pictures.subList(0, 36))
                .isEqualTo(hashes(again.pictures(made.get(0))).subList(0, 36));
        assertThat(pictures.subList(48, 84))
                .isEqualTo(hashes(again.pictures(made.get(1))).subList(12, 48));
    }

    @Test
    void clips_that_were_made_ready_are_not_read_again() throws Exception {
        shot(24, Transition.CUT, 256, 144, "30", 30);
        shot(24, Transition.CUT, 256, 144, "25", 25);
        film(48);
        material.files.clear();
        var again = material.shots.get(1);
        material.shots.set(
                1, new Shot(again.sceneId(), again.takeId(), again.title(), again.clip(), again.frames(), DISSOLVE));

        assertThat(film(36).plan()).extracting(Choice::way).containsExactly("normalise", "window", "normalise");
    }

    @Test
    void the_poster_is_the_sharpest_well_exposed_frame_and_not_the_first() throws Exception {
        material.shot(
                48,
                Transition.CUT,
                source(256, 144, "24", 48, "boxblur=8:enable='lt(n,24)',eq=brightness=-0.6:enable='gte(n,36)'"));

        var film = film(48);

        var poster = material.luma(film.poster(), "format=gray,sobel").getFirst();
        var frames = material.luma(film.film(), "format=gray,sobel");
        assertThat(poster).isCloseTo(frames.get(24), offset(frames.get(24) / 4));
        assertThat(frames.get(24)).isGreaterThan(frames.get(0) * 1.5);
    }

    @Test
    void a_player_finds_a_small_picture_for_every_time() throws Exception {
        shot(36, Transition.CUT, 256, 144, "24", 36);
        shot(36, DISSOLVE, 256, 144, "24", 36);

        var film = film(60);
        var shown = material.show(PROGRAM, "16:9", film.poster());

        assertThat(Files.readString(shown.track())).isEqualTo("""
            WEBVTT

            00:00:00.000 --> 00:00:00.500
            sprite.jpg#xywh=0,0,160,90

            00:00:00.500 --> 00:00:01.000
            sprite.jpg#xywh=0,90,160,90

            00:00:01.000 --> 00:00:01.500
            sprite.jpg#xywh=160,0,160,90

            00:00:01.500 --> 00:00:02.000
            sprite.jpg#xywh=160,90,160,90

            00:00:02.000 --> 00:00:02.500
            sprite.jpg#xywh=160,180,160,90
            """);
        assertThat(material.packets(shown.sprite(), "0:v:0")).hasSize(1);
        assertThat(TestFfmpeg.run(folder, "-v", "info", "-i", shown.sprite().toString(), "-f", "null", "-"))
                .contains("320x270");
        assertThat(Files.readAllBytes(shown.webp())).startsWith("RIFF".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void a_film_of_60_clips_is_exact() throws Exception {
        for (int i = 0; i < 60; i++) {
            var into = i % 10 == 5 ? new Transition(Kind.WIPE, 6) : Transition.CUT;
            if (i < 3) {
                shot(24, into, 256, 144, i == 1 ? "30" : "24", 24 + i);
            } else {
                material.shot(24, into, material.shots.get(i % 3).clip());
            }
        }
        material.music(5);

        var film = film(60 * 24 - 6 * 6);

        var sound = material.packets(film.film(), "0:a:0").getLast();
        assertThat(sound.pts() + sound.duration())
                .as("samples: within one frame")
                .isBetween(film.frames() * 2000L - 2000, film.frames() * 2000L + 2000);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void a_fade_goes_down_to_black_and_up_again_in_even_steps(String program) throws Exception {
        material.shot(24, Transition.CUT, grey(120, "tv", "bt709"));
        material.shot(24, new Transition(Kind.FADE, 12), grey(220, "tv", "bt709"));

        var luma = material.luma(material.cut(program, "16:9").film(), "null");

        assertThat(luma).hasSize(36);
        for (int i = 0; i <= 6; i++) {
            assertThat(luma.get(12 + i)).as("down, frame %d", i).isCloseTo(120 - i * (120 - 16) / 6.0, offset(2.5));
            assertThat(luma.get(18 + i)).as("up, frame %d", i).isCloseTo(16 + i * (220 - 16) / 6.0, offset(2.5));
        }
    }

    static Stream<String> programs() {
        return TestFfmpeg.programs();
    }

    /** Cuts, and looks at everything that a player would stumble over. */
    private CutFilm film(int frames) throws Exception {
        var film = material.cut(PROGRAM, "16:9");
        assertThat(film.frames()).isEqualTo(frames);
        assertThat(material.pictures(film.film())).hasSize(frames);
        assertThat(material.packets(film.film(), "0:v:0").stream()
                        .mapToLong(packet -> packet.pts())
                        .sorted())
                .containsExactlyElementsOf(
                        IntStream.range(0, frames).mapToObj(i -> i * 512L).toList());
        return film;
    }

    private static List<String> reasons(CutFilm film) {
        return film.plan().stream()
                .filter(choice -> choice.subject().equals("clip"))
                .map(Choice::reason)
                .distinct()
                .toList();
    }

    private static List<String> hashes(List<String> pictures) {
        return pictures.stream()
                .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
                .toList();
    }

    /** A clip as providers make them: B-frames and a single keyframe. */
    private Path shot(int frames, Transition into, int width, int height, String rate, int length) throws Exception {
        return material.shot(frames, into, source(width, height, rate, length, "null"));
    }

    private static String[] source(int width, int height, String rate, int frames, String filter, String... more) {
        var arguments = new ArrayList<>(List.of(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=%dx%d:r=%s".formatted(width, height, rate),
                "-frames:v",
                Integer.toString(frames),
                "-vf",
                filter.equals("null") ? "format=yuv420p" : filter));
        arguments.addAll(List.of(
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-tune",
                "animation",
                "-x264-params",
                "stitchable=1",
                "-bf",
                "3",
                "-g",
                "999",
                "-colorspace",
                "bt709"));
        if (!filter.contains("444")) {
            arguments.addAll(List.of("-profile:v", "high", "-pix_fmt", "yuv420p"));
        }
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static String[] grey(int luma, String range, String matrix) {
        return new String[] {
            "-f",
            "lavfi",
            "-i",
            "color=black:s=256x144:r=24,format=yuv420p,lutyuv=y=%d:u=128:v=128".formatted(luma),
            "-frames:v",
            "48",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-color_range",
            range,
            "-colorspace",
            matrix,
            "-pix_fmt",
            "yuv420p"
        };
    }

    private static String[] withSound(int frames, int seconds) {
        var arguments = new ArrayList<>(List.of("-f", "lavfi", "-i", "sine=duration=" + seconds));
        arguments.addAll(List.of(source(256, 144, "24", frames, "null")));
        arguments.addAll(List.of("-c:a", "aac"));
        return arguments.toArray(String[]::new);
    }
}
