package io.showreel.stitch.editing;

import io.showreel.stitch.editing.EditList.Shot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each clip of a film whether it is copied or made anew, and where copies end and begin.
 *
 * <p>Only streams of equal parameter sets are joined: players that take them from the file's header alone would fail on
 * others. So there are two kinds of films: of clips that are all alike as they come, with nothing but hard cuts, or of
 * clips that all come from the house's encoder. A window, the stretch around a transition, is always encoded here.
 */
public final class Planner {

    private Planner() {}

    public enum Way {
        /** As it is, all of it. */
        COPY,
        /** Encoded anew around a transition, copied elsewhere. */
        WINDOW,
        /** Encoded anew as a whole. */
        NORMALISE
    }

    /** @param reason for a person; continues "it is copied, as ..." */
    public record Choice(Way way, String reason) {}

    /**
     * @param footage of the clip as it came
     * @param flaw why it must not be copied although it looks as if it could be; null for none
     */
    public record Clip(Shot shot, Footage footage, @Nullable String flaw) {}

    /**
     * What becomes of each clip. Asked of the clips that are there already, it tells what is certain to be needed.
     *
     * @param line parameters of what the house's encoder makes
     * @param transitions whether the film has any, between whichever clips
     */
    public static List<Choice> choose(HouseFormat house, String line, boolean transitions, List<Clip> clips) {
        var obstacles = clips.stream().map(clip -> obstacle(clip, house)).toList();
        var first = clips.getFirst().footage();
        boolean asTheyCome = !transitions
                && obstacles.stream().allMatch(Optional::isEmpty)
                && clips.stream().allMatch(clip -> clip.footage().isLike(first));
        var choices = new ArrayList<Choice>();
        for (int i = 0; i < clips.size(); i++) {
            choices.add(
                    asTheyCome
                            ? new Choice(Way.COPY, "the clips are alike and of the house format")
                            : alone(clips.get(i), obstacles.get(i), line, transitions));
        }
        return choices;
    }

    /** What becomes of a clip in a film that is encoded here, at least in parts. */
    private static Choice alone(Clip clip, Optional<String> obstacle, String line, boolean transitions) {
        if (obstacle.isPresent()) {
            return new Choice(Way.NORMALISE, obstacle.get());
        }
        if (!clip.footage().parameters().equals(line)) {
            return new Choice(
                    Way.NORMALISE,
                    transitions
                            ? "transitions need the parameter sets and keyframes of the house's encoder"
                            : "other clips of the film differ in their parameter sets");
        }
        return new Choice(Way.COPY, "it comes from the house's encoder");
    }

    private static Optional<String> obstacle(Clip clip, HouseFormat house) {
        int frames = clip.shot().frames();
        if (clip.flaw() != null) {
            return Optional.of(clip.flaw());
        }
        return clip.footage().differenceFrom(house).or(() -> {
            if (clip.footage().frames() < frames) {
                return Optional.of("it lacks %d of %d frames"
                        .formatted(frames - clip.footage().frames(), frames));
            }
            return clip.footage().canEndAfter(frames)
                    ? Optional.empty()
                    : Optional.of("a copy cannot end after %d of its frames".formatted(frames));
        });
    }

    /**
     * The film from its first to its last frame.
     *
     * @param footage of each shot as it goes into the film, no shorter than the shot
     */
    public static List<Segment> sequence(List<Shot> shots, List<Footage> footage) {
        var segments = new ArrayList<Segment>();
        int entered = 0;
        for (int i = 0; i < shots.size(); i++) {
            var shot = shots.get(i);
            var leave = i + 1 < shots.size() ? shots.get(i + 1).into() : EditList.Transition.CUT;
            var body = body(i, shot, leave.frames(), footage.get(i));
            if (shot.into().frames() > 0) {
                int before = i - 1;
                segments.add(
                        new Segment.Window(before, entered, shots.get(before).frames(), body.from(), shot.into()));
            }
            if (body.frames() > 0) {
                segments.add(body);
            }
            entered = body.until();
        }
        return segments;
    }

    /** What is copied of a clip; what lies before it belongs to the window before, what lies behind to the next one. */
    private static Segment.Body body(int clip, Shot shot, int leaving, Footage footage) {
        int entering = shot.into().frames();
        int from = entering == 0 ? 0 : footage.firstCleanStart(entering);
        int until = leaving == 0 ? shot.frames() : footage.lastCleanEnd(shot.frames() - leaving);
        if (from < until) {
            return new Segment.Body(clip, from, until);
        }
        int nothing = entering == 0 ? 0 : shot.frames() - leaving;
        return new Segment.Body(clip, nothing, nothing);
    }

    /** How the film gets from one shot to the next. */
    public static Choice joint(EditList.Transition into) {
        return into.frames() == 0
                ? new Choice(Way.COPY, "a hard cut")
                : new Choice(
                        Way.WINDOW,
                        "a %s of %d frames".formatted(into.kind().name().toLowerCase(Locale.ROOT), into.frames()));
    }

    /** How much of the clip is copied into the film, given how it got there. */
    public static Choice treated(Choice choice, int clip, List<Segment> segments) {
        if (choice.way() != Way.COPY) {
            return choice;
        }
        int windows = (int) segments.stream()
                .filter(segment -> segment instanceof Segment.Window window
                        && (window.clip() == clip || window.clip() == clip - 1))
                .count();
        return windows == 0 ? choice : new Choice(Way.WINDOW, choice.reason() + "; its ends are part of a transition");
    }
}
