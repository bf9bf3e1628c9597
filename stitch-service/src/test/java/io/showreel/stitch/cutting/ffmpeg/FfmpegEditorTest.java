package io.showreel.stitch.cutting.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.showreel.contracts.scene.SceneRequest.Fit;
import io.showreel.observability.tracing.Spans;
import io.showreel.stitch.cutting.Editor.CutFilm;
import io.showreel.stitch.cutting.Editor.Room;
import io.showreel.stitch.cutting.Editor.StoppedException;
import io.showreel.stitch.cutting.Editor.Urgency;
import io.showreel.stitch.cutting.Editor.Watch;
import io.showreel.stitch.editing.CannotCutException;
import io.showreel.stitch.editing.EditList;
import io.showreel.stitch.editing.EditList.Shot;
import io.showreel.stitch.editing.EditList.Track;
import io.showreel.stitch.editing.EditList.Transition;
import io.showreel.stitch.editing.EditList.Voice;
import io.showreel.stitch.editing.Footage.Packet;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FfmpegEditorTest {

    @TempDir
    private Path folder;

    private final Map<URI, Path> material = new HashMap<>();
    private final TestShelf shelf = new TestShelf(material);
    private final List<Shot> shots = new ArrayList<>();
    private final List<Integer> progress = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @MethodSource(TestFfmpeg.PROGRAMS)
    void clips_that_are_alike_are_copied_picture_by_picture(String program) throws Exception {
        shot(clip("a", "640x360", 24, 24, 18), 24);
        shot(clip("b", "640x360", 24, 30, 22), 30);

        var film = cut(program, silent("16:9"));

        assertThat(film.way()).isEqualTo("copy");
        assertThat(film.frames()).isEqualTo(54);
        assertThat(picturesOf(film.film())).isEqualTo(join(picturesOf(material("a")), picturesOf(material("b"))));
        assertThat(Files.readString(film.film(), StandardCharsets.ISO_8859_1))
                .as("moov before mdat")
                .matches("(?s).*?moov.*?mdat.*");
    }

    @ParameterizedTest
    @MethodSource(TestFfmpeg.PROGRAMS)
    void a_longer_clip_is_copied_up_to_a_clean_end(String program) throws Exception {
        shot(clip("a", "640x360", 24, 29, 18), 25);

        var film = cut(program, silent("16:9"));

        assertThat(film.way()).isEqualTo("copy");
        assertThat(picturesOf(film.film())).isEqualTo(picturesOf(material("a")).subList(0, 25));
    }

    @Test
    void equal_parameter_sets_in_another_time_base_are_not_taken_for_alike() throws Exception {
        shot(clip("a", "640x360", 24, 24, 18), 24);
        clip("b", "640x360", 24, 24, 18);
        TestFfmpeg.run(folder, "-i", "b.mp4", "-c", "copy", "-video_track_timescale", "90000", "c.mp4");
        material.put(object("c"), folder.resolve("c.mp4"));
        shot(object("c"), 24);

        var film = cut(TestFfmpeg.programs().findFirst().orElseThrow(), silent("16:9"));

        assertThat(film.way()).isEqualTo("normalise");
        assertThat(packetsOf(film.film(), "0:v:0")).hasSize(48).allSatisfy(packet -> assertThat(packet.duration())
                .isEqualTo(512));
    }

    @ParameterizedTest
    @MethodSource(TestFfmpeg.PROGRAMS)
    void clips_of_other_rates_sizes_and_lengths_become_one_film_of_the_house(String program) throws Exception {
        shot(clip("a", "640x360", 24, 24, 18), 24);
        shot(clip("b", "320x180", 30, 40, 18), 24);
        shot(clip("c", "320x240", 25, 10, 18), 21);

        var film = cut(program, silent("16:9"));

        assertThat(film.way()).isEqualTo("normalise");
        assertThat(film.frames()).isEqualTo(69);
        assertThat(picturesOf(film.film())).hasSize(69);
        assertThat(progress).isSorted().last().isEqualTo(97);
    }

    @ParameterizedTest
    @MethodSource(TestFfmpeg.PROGRAMS)
    void a_short_clip_holds_its_last_picture(String program) throws Exception {
        shot(clip("a", "320x180", 24, 12, 18), 36);

        var film = cut(program, silent("16:9"));

        var luma = brightnessOf(film.film());
        assertThat(luma).hasSize(36);
        assertThat(luma.subList(14, 36))
                .allSatisfy(each -> assertThat(each).isBetween(luma.get(14) - 1, luma.get(14) + 1));
    }

    @ParameterizedTest
    @MethodSource(TestFfmpeg.PROGRAMS)
    void a_clip_of_another_shape_keeps_its_shape_before_a_blurred_back(String program) throws Exception {
        shot(clip("a", "180x320", 24, 12, 18), 12);

        var film = cut(program, silent("1:1"));

        assertThat(film.width()).isEqualTo(360);
        assertThat(film.height()).isEqualTo(360);
        assertThat(film.way()).isEqualTo("normalise");
    }

    @ParameterizedTest
    @MethodSource(TestFfmpeg.PROGRAMS)
    void the_same_material_gives_the_same_bytes(String program) throws Exception {
        shot(clip("a", "320x180", 24, 24, 18), 24);
        shot(clip("b", "640x360", 30, 24, 18), 24);
        var edits = with(silent("16:9"), new Track(tone("music", 3), true), List.of());

        var first = Files.readAllBytes(cut(program, edits).film());
        var second = Files.readAllBytes(cut(program, edits).film());

        assertThat(second).isEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource(TestFfmpeg.PROGRAMS)
    void music_and_voices_are_exactly_as_long_as_the_pictures(String program) throws Exception {
        shot(clip("a", "640x360", 24, 49, 18), 49);
        shot(clip("b", "640x360", 24, 48, 18), 48);
        var music = new Track(tone("music", 2), true);
        var voice = new Voice(new Track(tone("voice", 1), true), 49);

        var film = cut(program, with(silent("16:9"), music, List.of(voice)));

        assertThat(film.way()).isEqualTo("copy+music+speech");
        var packets = packetsOf(film.film(), "0:a:0");
        assertThat(packets.getLast().pts() + packets.getLast().duration())
                .as("samples; MP4 keeps a track's length in milliseconds")
                .isBetween(97 * 2000L - 48, 97 * 2000L + 48);
        assertThat(packetsOf(film.film(), "0:v:0")).hasSize(97);
        assertThat(loudnessAtTheEndOf(film.film())).as("faded out").isLessThan(-40);
    }

    @ParameterizedTest
    @MethodSource(TestFfmpeg.PROGRAMS)
    void a_truncated_clip_makes_no_film(String program) throws Exception {
        shot(clip("a", "640x360", 24, 24, 18), 24);
        var whole = clip("b", "640x360", 24, 24, 18);
        truncate(material.get(whole));
        shot(whole, 24);

        assertThatThrownBy(() -> cut(program, silent("16:9")))
                .isInstanceOfSatisfying(CannotCutException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo("unreadable_clip");
                    assertThat(refusal.reason()).contains("Scene 2");
                });
    }

    @Test
    void a_clip_damaged_inside_makes_no_film() throws Exception {
        var clip = clip("a", "640x360", 24, 48, 18);
        try (var file = FileChannel.open(material.get(clip), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(4000), file.size() / 2);
        }
        shot(clip, 48);

        assertThatThrownBy(() -> cut(TestFfmpeg.programs().findFirst().orElseThrow(), silent("16:9")))
                .isInstanceOf(CannotCutException.class);
    }

    @ParameterizedTest
    @MethodSource(TestFfmpeg.PROGRAMS)
    void clips_known_to_be_clean_are_joined_before_anybody_looks_for_a_poster(String program) throws Exception {
        shot(clip("a", "640x360", 24, 24, 18), 24, 24);
        shot(clip("b", "640x360", 24, 30, 22), 30, 30);

        var film = cut(program, silent("16:9"));

        assertThat(film.way()).isEqualTo("copy");
        assertThat(picturesOf(film.film())).isEqualTo(join(picturesOf(material("a")), picturesOf(material("b"))));
        assertThat(film.poster()).isNull();
        assertThat(shelf.reels).isEmpty();

        var shown = TestFfmpeg.editor(program, 360)
                .show(silent("16:9"), null, shelf, new Room(folder, progress::add, Urgency.WANTED));
        assertThat(shown.reels())
                .hasSize(2)
                .allSatisfy(reel -> assertThat(reel.stillsOfIt().best()).exists());
        assertThat(shown.poster()).exists();
        assertThat(shown.sprite()).exists();
    }

    @Test
    void a_clip_that_was_clean_with_another_length_is_looked_at_again() throws Exception {
        shot(clip("a", "640x360", 24, 24, 18), 24, 23);

        var film = cut(TestFfmpeg.programs().findFirst().orElseThrow(), silent("16:9"));

        assertThat(film.way()).isEqualTo("copy");
        assertThat(film.poster()).exists();
        assertThat(shelf.reels).hasSize(1);
    }

    @Test
    void a_sound_that_cannot_be_read_is_left_out_unless_it_is_required() throws Exception {
        shot(clip("a", "640x360", 24, 24, 18), 24);
        var broken = object("broken");
        material.put(broken, Files.writeString(folder.resolve("broken.mp3"), "no sound at all"));
        var program = TestFfmpeg.programs().findFirst().orElseThrow();

        var film = cut(program, with(silent("16:9"), new Track(broken, false), List.of()));

        assertThat(film.way()).isEqualTo("copy");
        assertThatThrownBy(() -> cut(program, with(silent("16:9"), new Track(broken, true), List.of())))
                .isInstanceOfSatisfying(CannotCutException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo("unreadable_sound"));
    }

    @Test
    void work_in_vain_ends_ffmpeg_at_once() throws Exception {
        shot(clip("a", "320x180", 24, 24, 18), 24 * 600);
        var bench = Files.createDirectory(folder.resolve("bench"));

        Watch inVain = percent -> {
            if (runsIn(bench)) {
                throw new StoppedException("it is no longer wanted");
            }
        };

        try (var editor = editor(TestFfmpeg.programs().findFirst().orElseThrow())) {
            assertThatThrownBy(() -> editor.cut(silent("16:9"), shelf, new Room(bench, inVain, Urgency.WANTED)))
                    .isInstanceOf(StoppedException.class);
        }
        assertThat(runsIn(bench)).isFalse();
    }

    @Test
    void without_an_ffmpeg_it_says_where_to_name_one() {
        assertThatThrownBy(() -> editor("/nowhere/ffmpeg")).hasMessageContaining("stitch.ffmpeg");
    }

    private CutFilm cut(String program, EditList edits) throws IOException, InterruptedException {
        var bench = Files.createTempDirectory(folder, "bench");
        return TestFfmpeg.editor(program, 360).cut(edits, shelf, new Room(bench, progress::add, Urgency.WANTED));
    }

    private static FfmpegEditor editor(String program) {
        return new FfmpegEditor(TestFfmpeg.settings(program, 360), Spans.NONE);
    }

    private EditList silent(String aspectRatio) {
        return new EditList(aspectRatio, Fit.BLUR, shots, null, List.of(), Duration.ofSeconds(1), List.of(), List.of());
    }

    private static EditList with(EditList edits, @Nullable Track music, List<Voice> voices) {
        return new EditList(
                edits.aspectRatio(),
                edits.fit(),
                edits.shots(),
                music,
                voices,
                edits.fade(),
                edits.missingScenes(),
                edits.wishes());
    }

    private void shot(URI clip, int frames) {
        shot(clip, frames, null);
    }

    private void shot(URI clip, int frames, @Nullable Integer cleanFrames) {
        int number = shots.size() + 1;
        shots.add(new Shot(
                new UUID(0, number),
                new UUID(1, number),
                "Scene " + number,
                clip,
                frames,
                Transition.CUT,
                cleanFrames));
    }

    /** The editor remembers objects, so each test has its own. */
    private URI object(String name) {
        return URI.create("s3://%s/%s".formatted(folder.getFileName(), name));
    }

    private Path material(String name) {
        return material.get(object(name));
    }

    /** A clip as providers make them: B-frames, one keyframe, a sound track that is longer than the pictures. */
    private URI clip(String name, String size, int rate, int frames, int quality) throws Exception {
        var object = object(name);
        var file = folder.resolve(name + ".mp4");
        TestFfmpeg.run(
                folder,
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=%s:r=%d".formatted(size, rate),
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=300:duration=%d".formatted(frames / rate + 1),
                "-frames:v",
                Integer.toString(frames),
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-tune",
                "animation",
                "-profile:v",
                "high",
                "-x264-params",
                "stitchable=1",
                "-crf",
                Integer.toString(quality),
                "-bf",
                "3",
                "-g",
                "999",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "aac",
                "-movflags",
                "+faststart",
                file.toString());
        material.put(object, file);
        return object;
    }

    private URI tone(String name, int seconds) throws Exception {
        var object = object(name);
        var file = folder.resolve(name + ".wav");
        TestFfmpeg.run(
                folder,
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:sample_rate=44100:duration=" + seconds,
                file.toString());
        material.put(object, file);
        return object;
    }

    private static void truncate(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() * 2 / 3);
        }
    }

    private List<String> picturesOf(Path film) throws Exception {
        var list = folder.resolve("hashes.txt");
        TestFfmpeg.run(folder, "-i", film.toString(), "-map", "0:v:0", "-f", "framemd5", list.toString());
        return Files.readAllLines(list).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
                .toList();
    }

    private List<Packet> packetsOf(Path film, String stream) throws Exception {
        var list = folder.resolve("packets-of-film.txt");
        TestFfmpeg.run(folder, "-i", film.toString(), "-map", stream, "-c", "copy", "-f", "framecrc", list.toString());
        return Probe.PacketList.read(list).packets();
    }

    private List<Double> brightnessOf(Path film) throws Exception {
        var list = folder.resolve("brightness.txt");
        TestFfmpeg.run(
                folder,
                "-i",
                film.toString(),
                "-vf",
                "signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=" + list,
                "-f",
                "null",
                "-");
        return Files.readAllLines(list).stream()
                .filter(line -> line.startsWith("lavfi"))
                .map(line -> Double.parseDouble(line.substring(line.indexOf('=') + 1)))
                .toList();
    }

    /** In dB below full scale, over the last 50 ms. */
    private double loudnessAtTheEndOf(Path film) throws Exception {
        var list = folder.resolve("loudness.txt");
        TestFfmpeg.run(
                folder,
                "-sseof",
                "-0.05",
                "-i",
                film.toString(),
                "-af",
                "astats=metadata=1,ametadata=print:key=lavfi.astats.Overall.RMS_level:file=" + list,
                "-f",
                "null",
                "-");
        return Files.readAllLines(list).stream()
                .filter(line -> line.startsWith("lavfi"))
                .mapToDouble(line ->
                        Double.parseDouble(line.substring(line.indexOf('=') + 1).replace("inf", "Infinity")))
                .max()
                .orElseThrow();
    }

    private static boolean runsIn(Path bench) {
        var mark = "SHOWREEL_WORK_FOLDER=" + bench;
        return ProcessHandle.allProcesses().anyMatch(process -> {
            try {
                return new HashSet<>(List.of(Files.readString(
                                        Path.of("/proc/" + process.pid() + "/environ"), StandardCharsets.ISO_8859_1)
                                .split("\0")))
                        .contains(mark);
            } catch (IOException gone) {
                return false;
            }
        });
    }

    private static List<String> join(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
