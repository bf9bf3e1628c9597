package io.showreel.selection.storyboard;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of scene is shot.
 *
 * @param type its word in the REST API, such as {@code living_room}
 * @param order where it stands in a full film, from 1
 * @param videoPrompt with <code>{subject}</code> where the group's name goes
 */
public record SceneTemplate(
        String type,
        int order,
        String title,
        String cameraMovement,
        String mood,
        AssetCriteria assetCriteria,
        String videoPrompt,
        MusicCue music) {

    /** The kind of scene for whatever no template speaks of. */
    static final String FEATURE = "feature";

    /** Which photos serve the scene. */
    public record AssetCriteria(List<String> sceneTypes, List<String> keywords, List<String> preferredTags) {
        public AssetCriteria {
            sceneTypes = List.copyOf(sceneTypes);
            keywords = List.copyOf(keywords);
            preferredTags = List.copyOf(preferredTags);
        }
    }

    /** What is heard while the scene plays. */
    public record MusicCue(String description, String style, String energy) {}

    /**
     * What a scene is filmed for.
     *
     * @param subject what the photos show, such as {@code living room}
     * @param campaign its name, blank if it has none
     * @param description of what is in the pictures
     */
    public record Occasion(
            String subject,
            String campaign,
            @Nullable String description,
            @Nullable String style) {}

    /** What goes on the wire; null for a feature, which is no type of the REST API. */
    @Nullable
    String sceneType() {
        return type.equals(FEATURE) ? null : type;
    }

    /** How well a group serves the scene; 0 is not at all. A scene type named outright outweighs a mere keyword. */
    int serves(PhotoGroup group) {
        var words = group.words();
        return 2 * hits(assetCriteria.sceneTypes(), words)
                + hits(assetCriteria.preferredTags(), words)
                + hits(assetCriteria.keywords(), words);
    }

    /** @param types of scenes or rooms that there are photos of */
    boolean isServedBy(Set<String> types) {
        return types.contains(type) || assetCriteria.sceneTypes().stream().anyMatch(types::contains);
    }

    /** The same shot for another kind of room. */
    SceneTemplate playing(String otherType, AssetCriteria criteria) {
        return new SceneTemplate(
                otherType, order, titled(otherType), cameraMovement, mood, criteria, videoPrompt, music);
    }

    private static int hits(List<String> terms, String words) {
        return (int) terms.stream()
                .filter(term -> words.contains(" " + PhotoGroup.asWords(term) + " "))
                .count();
    }

    private static String titled(String type) {
        var words = PhotoGroup.asWords(type);
        return words.isEmpty() ? type : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
