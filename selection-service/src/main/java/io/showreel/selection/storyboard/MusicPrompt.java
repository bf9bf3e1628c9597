package io.showreel.selection.storyboard;

import io.showreel.selection.storyboard.SceneTemplate.MusicCue;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what a composer is told about the whole film. */
final class MusicPrompt {

    static final int LONGEST = 1000;

    private MusicPrompt() {}

    static String of(List<SceneTemplate> scenes, @Nullable String genre) {
        var cues = scenes.stream().map(SceneTemplate::music).distinct().toList();
        var opening = cues.getFirst();
        var closing = cues.getLast();
        var between = cues.stream()
                .filter(cue -> cue != opening && cue != closing)
                .map(MusicCue::description)
                .collect(Collectors.joining("; "));
        var prompt = new StringBuilder("Instrumental film music, ")
                .append(Text.orElse(genre, opening.style()))
                .append(". Opens with ")
                .append(opening.description())
                .append('.');
        if (!between.isEmpty()) {
            prompt.append(" On the way: ").append(between).append('.');
        }
        if (closing != opening) {
            prompt.append(" At the end ").append(closing.description()).append('.');
        }
        prompt.append(" Energy: ")
                .append(cues.stream().map(MusicCue::energy).distinct().collect(Collectors.joining(", then ")))
                .append(". No vocals, no abrupt changes.");
        return Text.shortened(prompt.toString(), LONGEST);
    }
}
