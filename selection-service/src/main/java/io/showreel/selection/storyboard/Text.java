package io.showreel.selection.storyboard;

import java.util.List;
import org.jspecify.annotations.Nullable;

final class Text {

    private Text() {}

    /** On one line, and cut at a word's end where it is longer than allowed. */
    static String shortened(String text, int longest) {
        var line = text.strip().replaceAll("\\s+", " ");
        if (line.length() <= longest) {
            return line;
        }
        var cut = line.lastIndexOf(' ', longest - 1);
        return line.substring(0, cut > longest / 2 ? cut : longest - 1) + "…";
    }

    static String sentence(String text) {
        return List.of(".", "!", "?", "…").stream().anyMatch(text::endsWith) ? text : text + ".";
    }

    static String orElse(@Nullable String text, String otherwise) {
        return text == null || text.isBlank() ? otherwise : text;
    }
}
