package io.showreel.stitch.editing;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.stitch.editing.EditList.Kind;
import io.showreel.stitch.editing.EditList.Shot;
import io.showreel.stitch.editing.EditList.Transition;
import io.showreel.stitch.editing.Footage.Packet;
import io.showreel.stitch.editing.Planner.Clip;
import io.showreel.stitch.editing.Planner.Way;
import io.showreel.stitch.editing.Segment.Body;
import io.showreel.stitch.editing.Segment.Window;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlannerTest {

    private static final HouseFormat HOUSE = HouseFormat.of("16:9", 1080);
    private static final String OURS = "h264 ours";
    private static final Transition DISSOLVE = new Transition(Kind.DISSOLVE, 12);

    @Test
    void alike_clips_with_hard_cuts_are_copied_whoever_made_them() {
        assertThat(ways(false, clip(footage("theirs", 144, 144), 144), clip(footage("theirs", 96, 96), 96)))
                .containsExactly(Way.COPY, Way.COPY);
    }

    @Test
    void one_clip_that_differs_has_all_of_them_normalised() {
        var choices = Planner.choose(
                HOUSE,
                OURS,
                false,
                List.of(clip(footage("theirs", 144, 144), 144), clip(footage("another", 144, 144), 144)));

        assertThat(choices)
                .extracting(Planner.Choice::way, Planner.Choice::reason)
                .containsOnly(org.assertj.core.groups.Tuple.tuple(
                        Way.NORMALISE, "other clips of the film differ in their parameter sets"));
    }

    @Test
    void a_transition_anywhere_leaves_only_our_own_streams_as_they_are() {
        assertThat(ways(true, clip(footage("theirs", 144, 144), 144), clip(footage(OURS, 144, 12), 144)))
                .containsExactly(Way.NORMALISE, Way.COPY);
    }

    @ParameterizedTest
    @MethodSource
    void what_keeps_a_clip_from_being_copied_is_said(Clip clip, String reason) {
        assertThat(Planner.choose(HOUSE, OURS, false, List.of(clip)))
                .containsExactly(new Planner.Choice(Way.NORMALISE, reason));
    }

    static Stream<Arguments> what_keeps_a_clip_from_being_copied_is_said() {
        var good = footage("theirs", 144, 144);
        return Stream.of(
                Arguments.of(clip(footage("theirs", 100, 144), 144), "it lacks 44 of 144 frames"),
                Arguments.of(clip(good, 130), "a copy cannot end after 130 of its frames"),
                Arguments.of(clip(like(good, "hevc", 1920, 1080, "1/1", false, 12288), 144), "it is hevc, not h264"),
                Arguments.of(
                        clip(like(good, "h264", 1280, 720, "1/1", false, 12288), 144), "it is 1280x720, not 1920x1080"),
                Arguments.of(clip(like(good, "h264", 1920, 1080, "4/3", false, 12288), 144), "its pixels are 4/3 wide"),
                Arguments.of(clip(like(good, "h264", 1920, 1080, "1/1", true, 12288), 144), "players have to turn it"),
                Arguments.of(
                        clip(like(good, "h264", 1920, 1080, "1/1", false, 15360), 144),
                        "it is not of 24 steady frames a second"),
                Arguments.of(
                        new Clip(clip(good, 144).shot(), good, "it does not decode cleanly"),
                        "it does not decode cleanly"));
    }

    @Test
    void hard_cuts_are_bodies_alone() {
        assertThat(sequence(shot(144, Transition.CUT), shot(96, Transition.CUT)))
                .containsExactly(new Body(0, 0, 144), new Body(1, 0, 96));
    }

    @Test
    void a_transition_between_keyframes_is_encoded_and_nothing_else() {
        assertThat(sequence(shot(144, Transition.CUT), shot(144, DISSOLVE), shot(144, DISSOLVE)))
                .containsExactly(
                        new Body(0, 0, 132),
                        new Window(0, 132, 144, 12, DISSOLVE),
                        new Body(1, 12, 132),
                        new Window(1, 132, 144, 12, DISSOLVE),
                        new Body(2, 12, 144));
    }

    @Test
    void a_window_reaches_to_the_next_clean_points() {
        var slide = new Transition(Kind.SLIDE, 8);

        assertThat(sequence(shot(144, Transition.CUT), shot(144, slide)))
                .containsExactly(new Body(0, 0, 135), new Window(0, 135, 144, 12, slide), new Body(1, 12, 144));
    }

    @Test
    void a_clip_too_short_for_a_body_is_all_windows() {
        var wipe = new Transition(Kind.WIPE, 9);

        assertThat(sequence(shot(48, Transition.CUT), shot(18, wipe), shot(48, wipe)))
                .containsExactly(
                        new Body(0, 0, 39),
                        new Window(0, 39, 48, 9, wipe),
                        new Window(1, 9, 18, 12, wipe),
                        new Body(2, 12, 48));
    }

    @ParameterizedTest
    @MethodSource
    void every_frame_of_the_film_is_in_exactly_one_segment(int seed) {
        var shots = shots(new Random(seed));
        var segments = Planner.sequence(shots, footageOf(shots));

        int frames = shots.stream()
                .mapToInt(each -> each.frames() - each.into().frames())
                .sum();
        assertThat(segments.stream().mapToInt(Segment::frames).sum()).isEqualTo(frames);
        assertThat(segments).allSatisfy(segment -> assertThat(segment.frames()).isPositive());
        for (int clip = 0; clip < shots.size(); clip++) {
            assertThat(framesOf(clip, segments))
                    .containsExactlyElementsOf(
                            IntStream.range(0, shots.get(clip).frames()).boxed().toList());
        }
    }

    private static List<Shot> shots(Random random) {
        var shots = new ArrayList<Shot>();
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            int frames = 4 + random.nextInt(80);
            int most = i == 0 ? 0 : Math.min(frames, shots.get(i - 1).frames()) / 2;
            int shared = random.nextInt(most + 1);
            shots.add(shot(frames, shared < 2 ? Transition.CUT : new Transition(Kind.FADE, shared)));
        }
        return shots;
    }

    static IntStream every_frame_of_the_film_is_in_exactly_one_segment() {
        return IntStream.range(0, 200);
    }

    /** The clip's frames in the order in which the film uses them. */
    private static List<Integer> framesOf(int clip, List<Segment> segments) {
        return segments.stream()
                .flatMapToInt(segment -> switch (segment) {
                    case Body body ->
                        body.clip() == clip ? IntStream.range(body.from(), body.until()) : IntStream.empty();
                    case Window window -> {
                        if (window.clip() == clip) {
                            yield IntStream.range(window.from(), window.end());
                        }
                        yield window.clip() + 1 == clip ? IntStream.range(0, window.until()) : IntStream.empty();
                    }
                })
                .boxed()
                .toList();
    }

    private static List<Way> ways(boolean transitions, Clip... clips) {
        return Planner.choose(HOUSE, OURS, transitions, List.of(clips)).stream()
                .map(Planner.Choice::way)
                .toList();
    }

    private static List<Segment> sequence(Shot... shots) {
        return Planner.sequence(List.of(shots), footageOf(List.of(shots)));
    }

    private static List<Footage> footageOf(List<Shot> shots) {
        return shots.stream().map(shot -> footage(OURS, shot.frames(), 12)).toList();
    }

    private static Clip clip(Footage footage, int frames) {
        return new Clip(shot(frames, Transition.CUT), footage, null);
    }

    private static Shot shot(int frames, Transition into) {
        return new Shot(new UUID(0, 1), new UUID(0, 2), "Scene", URI.create("s3://b/clip"), frames, into);
    }

    /** Keyframes each so many frames, between them pairs of a picture and one that is shown before it. */
    private static Footage footage(String parameters, int frames, int group) {
        var packets = new ArrayList<Packet>();
        while (packets.size() < frames) {
            int at = packets.size();
            int left = Math.min(group - at % group, frames - at);
            if (at % group == 0) {
                packets.add(packet(at, at, true));
            } else if (left == 1) {
                packets.add(packet(at, at, false));
            } else {
                packets.add(packet(at, at + 1, false));
                packets.add(packet(at + 1, at, false));
            }
        }
        return new Footage(
                "h264", "yuv420p", "tv, bt709", 1920, 1080, "1/1", false, false, "1/12288", parameters, true, packets);
    }

    private static Packet packet(int stored, int shown, boolean key) {
        return new Packet((stored - 2) * 512L, shown * 512L, 512, key);
    }

    private static Footage like(
            Footage footage, String codec, int width, int height, String pixels, boolean turned, int scale) {
        return new Footage(
                codec,
                footage.pixels(),
                footage.colours(),
                width,
                height,
                pixels,
                turned,
                turned,
                "1/" + scale,
                footage.parameters(),
                true,
                footage.packets());
    }
}
