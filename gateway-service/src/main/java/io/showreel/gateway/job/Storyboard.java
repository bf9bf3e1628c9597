package io.showreel.gateway.job;

import io.showreel.contracts.storyboard.StoryboardEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The scenes in their order.
 *
 * @param selection that it came from
 * @param version rises with each change by a person
 * @param musicPrompt what the selection suggests the music to be
 * @param musicTakeId the paid input that the music would be
 * @param musicLength as the music is asked for; null for the film's length
 */
public record Storyboard(
        int selection,
        int version,
        List<Scene> scenes,
        StoryboardEvent.Origin origin,
        @Nullable String musicPrompt,
        UUID musicTakeId,
        @Nullable Duration musicLength) {

    public Storyboard {
        scenes = List.copyOf(scenes);
    }

    /** The storyboard that a selection's answer describes, unless it uses a photo that it was not offered. */
    static Optional<Storyboard> of(Fact.StoryboardChosen chosen, Material material, ClipModel model) {
        var scenes = new ArrayList<Scene>();
        for (int i = 0; i < chosen.scenes().size(); i++) {
            var scene = chosen.scenes().get(i);
            var ids = chosen.ids().get(i);
            var first = material.object(scene.firstAssetId());
            var last = material.object(scene.lastAssetId());
            if (first.isEmpty() || last.isEmpty()) {
                return Optional.empty();
            }
            var longest = model.longest();
            scenes.add(new Scene(
                    ids.sceneId(),
                    ids.takeId(),
                    scene.title(),
                    scene.description(),
                    scene.prompt(),
                    scene.sceneType(),
                    scene.groupName(),
                    scene.duration().compareTo(longest) > 0 ? longest : scene.duration(),
                    scene.transition(),
                    new Scene.Frame(scene.firstAssetId(), first.get()),
                    new Scene.Frame(scene.lastAssetId(), last.get()),
                    scene.score(),
                    scene.reason(),
                    scene.alternates(),
                    null,
                    null));
        }
        return scenes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Storyboard(
                        chosen.selection(), 0, scenes, chosen.origin(), chosen.music(), chosen.musicTakeId(), null));
    }

    /** What an approval may name, so that nobody approves scenes that he did not see. */
    public String etag() {
        return "\"" + selection + "." + version + "\"";
    }

    public Duration totalDuration() {
        return scenes.stream().map(Scene::duration).reduce(Duration.ZERO, Duration::plus);
    }

    public Optional<Scene> scene(UUID id) {
        return scenes.stream().filter(scene -> scene.id().equals(id)).findFirst();
    }

    List<UUID> assetIds() {
        return scenes.stream()
                .flatMap(scene -> Stream.concat(
                        Stream.of(scene.first().assetId(), scene.last().assetId()),
                        scene.alternates().stream()
                                .flatMap(pair -> Stream.of(pair.firstAssetId(), pair.lastAssetId()))))
                .distinct()
                .toList();
    }

    /** The pairs of photos that it shows, in its order. */
    List<StoryboardEvent.Pair> pairs() {
        return scenes.stream()
                .map(scene -> new StoryboardEvent.Pair(
                        scene.first().assetId(), scene.last().assetId()))
                .toList();
    }

    /** How long the music is that this asks for. */
    Duration musicLength(MusicModel model) {
        return musicLength == null ? model.lengthFor(totalDuration()) : musicLength;
    }

    /** The same scenes with other paid inputs, where there is one for the old. */
    Storyboard renewed(Map<UUID, UUID> freshTakes) {
        return new Storyboard(
                selection,
                version,
                scenes.stream().map(scene -> renewed(scene, freshTakes)).toList(),
                origin,
                musicPrompt,
                freshTakes.getOrDefault(musicTakeId, musicTakeId),
                musicLength);
    }

    private static Scene renewed(Scene scene, Map<UUID, UUID> freshTakes) {
        var fresh = freshTakes.get(scene.takeId());
        return fresh == null ? scene : scene.withTake(fresh, null);
    }

    Storyboard with(List<Scene> newScenes) {
        return new Storyboard(selection, version, newScenes, origin, musicPrompt, musicTakeId, musicLength);
    }

    /** With this scene in the place of the one that has its id. */
    Storyboard with(Scene changed) {
        return with(scenes.stream()
                .map(scene -> scene.id().equals(changed.id()) ? changed : scene)
                .toList());
    }

    Storyboard withMusic(UUID newTakeId, Duration newLength) {
        return new Storyboard(selection, version, scenes, origin, musicPrompt, newTakeId, newLength);
    }

    Storyboard asVersion(int newVersion) {
        return new Storyboard(selection, newVersion, scenes, origin, musicPrompt, musicTakeId, musicLength);
    }
}
