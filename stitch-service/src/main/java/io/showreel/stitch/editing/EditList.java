package io.showreel.stitch.editing;

import static io.showreel.stitch.editing.HouseFormat.FRAMES_PER_SECOND;

import io.showreel.contracts.scene.SceneRequest.FinishedScene;
import io.showreel.contracts.scene.SceneRequest.Fit;
import io.showreel.contracts.scene.SceneRequest.Mix;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.stitch.assembly.Outcome;
import io.showreel.stitch.assembly.Plan;
import io.showreel.stitch.assembly.Plan.PlannedTake;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One film as the cutting room needs it: what there is, in order, counted in frames.
 *
 * @param fit of clips whose shape is not the film's
 * @param music null for none
 * @param fade of the music at the film's end
 * @param missingScenes scenes of the plan without a clip
 * @param wishes of the plan that are left out for now, such as {@code texts}
 */
public record EditList(
        String aspectRatio,
        Fit fit,
        List<Shot> shots,
        @Nullable Track music,
        List<Voice> voices,
        Duration fade,
        List<UUID> missingScenes,
        List<String> wishes) {

    public EditList {
        shots = List.copyOf(shots);
        voices = List.copyOf(voices);
        missingScenes = List.copyOf(missingScenes);
        wishes = List.copyOf(wishes);
    }

    /**
     * @param frames of the scene in the film, however long the clip is
     * @param into how the film comes to it from the shot before; a cut for the first one
     * @param cleanFrames how many frames the clip is known to decode to without a complaint; null if that isn't known
     */
    public record Shot(
            UUID sceneId,
            UUID takeId,
            String title,
            URI clip,
            int frames,
            Transition into,
            @Nullable Integer cleanFrames) {

        /** Of a clip that nobody has looked at. */
        public Shot(UUID sceneId, UUID takeId, String title, URI clip, int frames, Transition into) {
            this(sceneId, takeId, title, clip, frames, into, null);
        }
    }

    /** @param frames in which both shots are seen; 0 for a cut */
    public record Transition(Kind kind, int frames) {
        public static final Transition CUT = new Transition(Kind.CUT, 0);
    }

    public enum Kind {
        CUT,
        /** Through black. */
        FADE,
        /** One picture through the other. */
        DISSOLVE,
        /** The next picture uncovered from the right to the left. */
        WIPE,
        /** The next picture pushing the last one out to the left. */
        SLIDE;

        /** The kind that REST names so; anything unknown is a cut. */
        static Kind named(String name) {
            return Stream.of(values())
                    .filter(kind -> kind.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElse(CUT);
        }
    }

    /** @param required whether there is no film without it */
    public record Track(URI object, boolean required) {}

    /** @param start frame of the film that it begins at */
    public record Voice(Track track, int start) {}

    /** What the settled takes make of a plan. */
    public static EditList of(Plan plan, Map<UUID, Outcome> settled) {
        var finish = plan.finish();
        var shots = new ArrayList<Shot>();
        var missing = new ArrayList<UUID>();
        var starts = new HashMap<UUID, Integer>();
        int frames = 0;
        for (var scene : finish.scenes()) {
            var outcome = settled.getOrDefault(scene.takeId(), Outcome.MISSING);
            var clip = outcome.object();
            if (clip == null) {
                missing.add(scene.sceneId());
            } else {
                int length = framesOf(scene.length());
                var into = shots.isEmpty()
                        ? Transition.CUT
                        : into(scene, shots.getLast().frames(), length);
                starts.put(scene.sceneId(), frames - into.frames());
                frames += length - into.frames();
                shots.add(new Shot(
                        scene.sceneId(), scene.takeId(), scene.title(), clip, length, into, outcome.cleanFrames()));
            }
        }
        var mix = finish.mix();
        return new EditList(
                finish.aspectRatio(),
                finish.fit() == null ? Fit.BLUR : finish.fit(),
                shots,
                mix == null ? null : music(plan, settled),
                mix == null ? List.of() : voices(plan, settled, starts),
                mix == null ? Duration.ZERO : mix.fade(),
                missing,
                leftOut(finish.scenes(), mix));
    }

    /** Of the whole film: what two shots share in a transition counts once. */
    public int frames() {
        return shots.stream()
                .mapToInt(shot -> shot.frames() - shot.into().frames())
                .sum();
    }

    public Duration length() {
        return Duration.ofMillis(Math.round(frames() * 1000.0 / FRAMES_PER_SECOND));
    }

    /** The same of clips that nobody has looked at. */
    public EditList unexamined() {
        var fresh = shots.stream()
                .map(shot ->
                        new Shot(shot.sceneId(), shot.takeId(), shot.title(), shot.clip(), shot.frames(), shot.into()))
                .toList();
        return new EditList(aspectRatio, fit, fresh, music, voices, fade, missingScenes, wishes);
    }

    /** The frame of the film that a shot begins at. */
    public int startOf(int shot) {
        return shots.subList(0, shot).stream()
                        .mapToInt(each -> each.frames() - each.into().frames())
                        .sum()
                - shots.get(shot).into().frames();
    }

    /** Whether the film of this plan has transitions, if all of its clips come. */
    public static boolean wantsTransitions(Plan plan) {
        var scenes = plan.finish().scenes();
        return IntStream.range(1, scenes.size())
                .anyMatch(i -> into(
                                        scenes.get(i),
                                        framesOf(scenes.get(i - 1).length()),
                                        framesOf(scenes.get(i).length()))
                                .frames()
                        > 0);
    }

    public boolean hasTransitions() {
        return shots.stream().anyMatch(shot -> shot.into().frames() > 0);
    }

    /** Every object that the film is made of, once. */
    public List<URI> material() {
        var clips = shots.stream().map(Shot::clip);
        var sounds = tracks().map(Track::object);
        return Stream.concat(clips, sounds).distinct().toList();
    }

    public Stream<Track> tracks() {
        return Stream.concat(Stream.ofNullable(music), voices.stream().map(Voice::track));
    }

    /** Takes at most half of either shot, so that two transitions never meet within one. */
    private static Transition into(FinishedScene scene, int before, int after) {
        var kind = Kind.named(scene.transition().kind());
        int most = Math.min(before, after) / 2;
        int frames = Math.min(
                Math.toIntExact(Math.round(scene.transition().length().toMillis() * FRAMES_PER_SECOND / 1000.0)), most);
        // With a single frame there is nothing between the two pictures.
        return kind == Kind.CUT || frames < 2 ? Transition.CUT : new Transition(kind, frames);
    }

    private static int framesOf(Duration length) {
        return Math.max(1, Math.toIntExact(Math.round(length.toMillis() * FRAMES_PER_SECOND / 1000.0)));
    }

    private static @Nullable Track music(Plan plan, Map<UUID, Outcome> settled) {
        return plan.takes().stream()
                .filter(take -> take.kind() == TakeKind.MUSIC)
                .flatMap(take -> Stream.ofNullable(track(take, settled)))
                .findFirst()
                .orElse(null);
    }

    private static List<Voice> voices(Plan plan, Map<UUID, Outcome> settled, Map<UUID, Integer> starts) {
        var voices = new ArrayList<Voice>();
        for (var take : plan.takes()) {
            var track = track(take, settled);
            if (take.kind() == TakeKind.SPEECH && track != null) {
                var start = take.sceneId() == null ? Integer.valueOf(0) : starts.get(take.sceneId());
                if (start != null) {
                    voices.add(new Voice(track, start));
                }
            }
        }
        return voices;
    }

    private static @Nullable Track track(PlannedTake take, Map<UUID, Outcome> settled) {
        var object = settled.getOrDefault(take.takeId(), Outcome.MISSING).object();
        return object == null ? null : new Track(object, take.required());
    }

    private static List<String> leftOut(List<FinishedScene> scenes, @Nullable Mix mix) {
        var wishes = new ArrayList<String>();
        if (scenes.stream().anyMatch(scene -> scene.text() != null)) {
            wishes.add("texts");
        }
        if (mix != null && !mix.syncMode().equals("trim")) {
            wishes.add("sync");
        }
        return wishes;
    }
}
