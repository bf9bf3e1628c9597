package io.showreel.stitch.cutting.ffmpeg;

import io.showreel.contracts.scene.SceneRequest.Fit;
import io.showreel.stitch.cutting.Editor.Effort;
import io.showreel.stitch.cutting.Reel;
import io.showreel.stitch.cutting.Shelf;
import io.showreel.stitch.cutting.ffmpeg.KnownClips.Seen;
import io.showreel.stitch.editing.CannotCutException;
import io.showreel.stitch.editing.EditList;
import io.showreel.stitch.editing.EditList.Shot;
import io.showreel.stitch.editing.Footage;
import io.showreel.stitch.editing.HouseFormat;
import io.showreel.stitch.editing.Planner;
import io.showreel.stitch.editing.Planner.Choice;
import io.showreel.stitch.editing.Planner.Clip;
import io.showreel.stitch.editing.Planner.Way;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** The reels of one film's clips: taken from the shelf, or made and left there. */
final class Reels {

    private final Shelf shelf;
    private final Probe probe;
    private final Darkroom darkroom;
    private final Spec spec;
    private final Turns turns;
    private final KnownClips known;
    private final Map<URI, Optional<Path>> fetched = new ConcurrentHashMap<>();
    private final Map<URI, Seen> seen = new ConcurrentHashMap<>();

    /**
     * What has to come out of every clip.
     *
     * @param line parameters that the house's encoder writes
     */
    record Spec(HouseFormat house, Fit fit, int quality, String line) {}

    /** Clips that were looked over, and what becomes of each. */
    record Settled(List<Clip> clips, List<Choice> choices) {}

    Reels(Shelf shelf, Probe probe, Darkroom darkroom, Spec spec, Turns turns, KnownClips known) {
        this.shelf = shelf;
        this.probe = probe;
        this.darkroom = darkroom;
        this.spec = spec;
        this.turns = turns;
        this.known = known;
    }

    /**
     * Looks at the clips, and closer at those that could be copied and aren't known to be clean.
     *
     * @throws CannotCutException if one of them is gone or can't be read
     */
    Settled settle(List<Shot> shots, boolean transitions) throws IOException, InterruptedException {
        var clips = clips(shots);
        var choices = Planner.choose(spec.house(), spec.line(), transitions, clips);
        var looked = new ArrayList<Integer>();
        IntStream.range(0, clips.size())
                .filter(i -> choices.get(i).way() == Way.COPY)
                .filter(i -> !isClean(clips.get(i)))
                .forEach(looked::add);
        var flaws = Parallel.map(looked, i -> flawOf(clips.get(i)));
        if (flaws.stream().allMatch(Optional::isEmpty)) {
            return new Settled(clips, choices);
        }
        var flawed = new ArrayList<>(clips);
        for (int i = 0; i < looked.size(); i++) {
            var clip = clips.get(looked.get(i));
            flawed.set(
                    looked.get(i),
                    new Clip(clip.shot(), clip.footage(), flaws.get(i).orElse(null)));
        }
        return new Settled(flawed, Planner.choose(spec.house(), spec.line(), transitions, flawed));
    }

    /** @param percentAt what is reached when so many percent of the frames are encoded */
    List<Reel> make(Settled settled, IntUnaryOperator percentAt) throws IOException, InterruptedException {
        var clips = settled.clips();
        int all = clips.stream().mapToInt(clip -> clip.shot().frames()).sum();
        var done = new AtomicIntegerArray(clips.size());
        var places = IntStream.range(0, clips.size()).boxed().toList();
        return Parallel.map(places, i -> {
            var clip = clips.get(i);
            return settled.choices().get(i).way() == Way.NORMALISE
                    ? normalised(clip, frames -> {
                        done.set(i, Math.max(frames, done.get(i)));
                        int sum =
                                IntStream.range(0, done.length()).map(done::get).sum();
                        return percentAt.applyAsInt((int) Math.min(100, sum * 100L / all));
                    })
                    : asItCame(clip);
        });
    }

    /**
     * One of the clips that are there by now, as the film is going to need it.
     */
    Reel prepare(EditList edits, UUID takeId, Effort effort) throws IOException, InterruptedException {
        int which = IntStream.range(0, edits.shots().size())
                .filter(i -> edits.shots().get(i).takeId().equals(takeId))
                .findFirst()
                .orElseThrow();
        var clips = clips(edits.shots());
        var clip = clips.get(which);
        var choice = Planner.choose(spec.house(), spec.line(), edits.hasTransitions(), clips)
                .get(which);
        boolean anew = choice.way() == Way.NORMALISE
                || (effort == Effort.ALL && !clip.footage().parameters().equals(spec.line()))
                || flawOf(clip).isPresent();
        return anew ? normalised(clip, frames -> 0) : asItIs(clip).orElseThrow(() -> Darkroom.unreadable(clip.shot()));
    }

    private List<Clip> clips(List<Shot> shots) throws IOException, InterruptedException {
        var first = new LinkedHashMap<URI, Shot>();
        shots.forEach(shot -> first.putIfAbsent(shot.clip(), shot));
        var footage = new HashMap<URI, Footage>();
        Parallel.map(List.copyOf(first.values()), this::footage)
                .forEach(each -> footage.put(each.shot().clip(), each.footage()));
        return shots.stream()
                .map(shot -> new Clip(shot, Objects.requireNonNull(footage.get(shot.clip())), null))
                .toList();
    }

    private Clip footage(Shot shot) throws IOException, InterruptedException {
        var kept = shelf.find(asItIs(shot));
        if (kept.isPresent()) {
            return new Clip(shot, kept.get().footage(), null);
        }
        var found = known.find(shot.clip());
        var now = found.isPresent() ? found.get() : probe(shot);
        seen.put(shot.clip(), now);
        return new Clip(shot, now.footage(), null);
    }

    private Seen probe(Shot shot) throws IOException, InterruptedException {
        var now = probe.seen(material(shot)).orElseThrow(() -> Darkroom.unreadable(shot));
        known.keep(shot.clip(), now);
        return now;
    }

    /** Whoever rendered it has decoded it to its end already. */
    private static boolean isClean(Clip clip) {
        var frames = clip.shot().cleanFrames();
        return frames != null && frames == clip.footage().frames();
    }

    private Optional<String> flawOf(Clip clip) throws IOException, InterruptedException {
        try (var turn = turns.take(asItIs(clip.shot()))) {
            if (shelf.find(turn.key()).isPresent()) {
                return Optional.empty();
            }
            var examined = darkroom.examine(material(clip.shot()), clip.footage());
            if (examined.reel().isPresent()) {
                shelf.keep(turn.key(), clip.shot().clip(), examined.reel().get());
            }
            return examined.flaw();
        }
    }

    private Optional<Reel> asItIs(Clip clip) throws IOException {
        return shelf.find(asItIs(clip.shot()));
    }

    /** A clean clip goes into its film before anybody has looked for what is worth showing of it. */
    private Reel asItCame(Clip clip) throws IOException {
        var kept = asItIs(clip);
        if (kept.isPresent()) {
            return kept.get();
        }
        var now = seen.get(clip.shot().clip());
        if (now == null) {
            throw Darkroom.unreadable(clip.shot());
        }
        return new Reel(material(clip.shot()), now.footage(), now.contents(), null);
    }

    private Reel normalised(Clip clip, IntUnaryOperator percentAt) throws IOException, InterruptedException {
        var shot = clip.shot();
        // The line is in it, so that reels of another build of the encoder are not taken for ours.
        var key = "house %s, %s, %s"
                .formatted(
                        Encoding.name(spec.house(), spec.fit(), shot.frames(), spec.quality()),
                        spec.line(),
                        shot.clip());
        try (var turn = turns.take(key)) {
            var kept = shelf.find(turn.key());
            if (kept.isPresent()) {
                return kept.get();
            }
            var made = darkroom.normalise(shot, material(shot), clip.footage(), spec, percentAt);
            shelf.keep(turn.key(), null, made);
            return made;
        }
    }

    private Path material(Shot shot) throws IOException {
        var file = fetched.get(shot.clip());
        if (file == null) {
            file = shelf.material(shot.clip());
            fetched.put(shot.clip(), file);
        }
        return file.orElseThrow(() -> new CannotCutException(
                "missing_clip", "The clip of the scene \"%s\" is no longer there.".formatted(shot.title())));
    }

    private static String asItIs(Shot shot) {
        return "clip " + shot.clip();
    }
}
