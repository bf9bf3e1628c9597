package io.showreel.selection.storyboard.narration;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a voice says.
 *
 * @param script all of it, one line for each scene
 * @param estimatedSeconds that the voice takes for it
 * @param origin {@code model} or {@code fallback}
 * @param note why no model wrote it; null if one did
 */
public record Narration(
        String script,
        List<Segment> segments,
        double estimatedSeconds,
        String origin,
        @Nullable String note) {

    /**
     * @param scene its position, from 1
     * @param seconds that the voice takes
     */
    public record Segment(int scene, String text, int words, double seconds) {}

    static Narration of(Assignment assignment, List<String> lines, String origin, @Nullable String note) {
        var segments = new ArrayList<Segment>();
        for (var line : lines) {
            var words = words(line);
            segments.add(new Segment(segments.size() + 1, line, words, seconds(words, assignment)));
        }
        var all = segments.stream().mapToInt(Segment::words).sum();
        return new Narration(String.join("\n", lines), segments, seconds(all, assignment), origin, note);
    }

    static int words(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }

    private static double seconds(int words, Assignment assignment) {
        return Math.round(words * 600.0 / assignment.wordsPerMinute()) / 10.0;
    }
}
