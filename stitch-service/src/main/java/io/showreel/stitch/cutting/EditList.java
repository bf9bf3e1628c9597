package io.showreel.stitch.cutting;

import io.showreel.contracts.scene.SceneRequest.FinishedScene;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One film as the cutting room needs it: what there is, in order, counted in frames.
 *
 * @param music null for none
 * @param fade of the music at the film's end
 * @param missingScenes scenes of the plan without a clip
 * @param wishes of the plan that are left out for now, such as {@code transitions}
 */
public record EditList(
        String aspectRatio,
        List<Shot> shots,
        @Nullable Track music,
        List<Voice> voices,
        Duration fade,
        List<UUID> missingScenes,
        List<String> wishes) {

    public static final int FRAMES_PER_SECOND = 24;

    public EditList {
        shots = List.copyOf(shots);
        voices = List.copyOf(voices);
        missingScenes = List.copyOf(missingScenes);
        wishes = List.copyOf(wishes);
    }

    /** @param frames of the scene in the film, however long the clip is */
    public record Shot(UUID sceneId, String title, URI clip, int frames) {}

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
            var clip = settled.getOrDefault(scene.takeId(), Outcome.MISSING).object();
            if (clip == null) {
                missing.add(scene.sceneId());
            } else {
                var shot = new Shot(scene.sceneId(), scene.title(), clip, framesOf(scene.length()));
                starts.put(scene.sceneId(), frames);
                frames += shot.frames();
                shots.add(shot);
            }
        }
        var mix = finish.mix();
        return new EditList(
                finish.aspectRatio(),
                shots,
                mix == null ? null : music(plan, settled),
                mix == null ? List.of() : voices(plan, settled, starts),
                mix == null ? Duration.ZERO : mix.fade(),
                missing,
                leftOut(finish.scenes(), mix));
    }

    public int frames() {
        return shots.stream().mapToInt(Shot::frames).sum();
    }

    public Duration length() {
        return Duration.ofMillis(Math.round(frames() * 1000.0 / FRAMES_PER_SECOND));
    }

    /** Every object that the film is made of, once. */
    public List<URI> material() {
        var clips = shots.stream().map(Shot::clip);
        var sounds = tracks().map(Track::object);
        return Stream.concat(clips, sounds).distinct().toList();
    }

    Stream<Track> tracks() {
        return Stream.concat(Stream.ofNullable(music), voices.stream().map(Voice::track));
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
        if (scenes.stream().skip(1).anyMatch(scene -> !scene.transition().kind().equals("cut"))) {
            wishes.add("transitions");
        }
        if (scenes.stream().anyMatch(scene -> scene.text() != null)) {
            wishes.add("texts");
        }
        if (mix != null && !mix.syncMode().equals("trim")) {
            wishes.add("sync");
        }
        return wishes;
    }
}
