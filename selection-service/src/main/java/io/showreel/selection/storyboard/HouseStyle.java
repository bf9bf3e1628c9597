package io.showreel.selection.storyboard;

import io.showreel.selection.storyboard.SceneTemplate.Occasion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The house's way of filming, for whoever wants to look at it or to try it before a job is made. */
@Component
public class HouseStyle {

    private final SceneTemplates templates = SceneTemplates.ofTheHouse();

    /** The seven templates, in the order of a full film. */
    public List<SceneTemplate> sceneTemplates() {
        return templates.templates();
    }

    /**
     * The templates of a shorter film, in its order: always hook and outro, then those that matter most among those that
     * the photos can serve.
     *
     * @param scenes at least 2; there are never more than there are templates to serve
     * @param available types of template or kinds of room that there are photos of; empty for all
     */
    public List<SceneTemplate> adapted(int scenes, Set<String> available) {
        return templates.adapted(scenes, available);
    }

    /** What the video model is told about a scene of that type; empty if there is no such type. */
    public Optional<String> videoPrompt(String type, Occasion occasion) {
        return templates.known(type).map(template -> ScenePrompt.of(template, occasion));
    }

    /** What a composer is told about a film of these scenes; empty if a type is unknown, or there is none. */
    public Optional<String> musicPrompt(List<String> types, @Nullable String genre) {
        var scenes =
                types.stream().flatMap(type -> templates.known(type).stream()).toList();
        return scenes.isEmpty() || scenes.size() < types.size()
                ? Optional.empty()
                : Optional.of(MusicPrompt.of(scenes, genre));
    }

    /** Of each scene, when all are equally long; in tenths of a second. */
    public static Duration each(Duration film, int scenes) {
        return Duration.ofMillis(Math.round(film.toMillis() / 100.0 / scenes) * 100);
    }
}
