package io.showreel.selection.storyboard.narration;

import io.showreel.selection.storyboard.Deadline;
import io.showreel.selection.storyboard.StorytellerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Has a narrator find the words, and finds plain ones without. Lines that are too long for their scenes will not do. */
@Component
public class Narrations {

    /** A person waits for it. */
    private static final Duration BOUND = Duration.ofSeconds(45);
    /** A voice can hurry a little. */
    private static final double LEEWAY = 1.2;

    private final Narrator narrator;

    public Narrations(Narrator narrator) {
        this.narrator = narrator;
    }

    /** @param ask whether the narrator is asked at all */
    public Narration of(Assignment assignment, boolean ask) throws InterruptedException {
        if (!ask) {
            return plain(assignment, "The model was not asked, as requested.");
        }
        try {
            var lines = narrator.narrate(assignment, Deadline.in(BOUND));
            return fits(assignment, lines)
                    ? Narration.of(assignment, lines, "model", null)
                    : plain(assignment, "The model's lines do not fit the scenes.");
        } catch (StorytellerException e) {
            return plain(assignment, String.valueOf(e.getMessage()));
        }
    }

    private static boolean fits(Assignment assignment, List<String> lines) {
        if (lines.size() != assignment.scenes().size()) {
            return false;
        }
        for (var i = 0; i < lines.size(); i++) {
            var most =
                    Math.ceil(LEEWAY * assignment.wordsFor(assignment.scenes().get(i)));
            var words = Narration.words(lines.get(i));
            if (words == 0 || words > most) {
                return false;
            }
        }
        return true;
    }

    private static Narration plain(Assignment assignment, String note) {
        var lines = new ArrayList<String>();
        for (var i = 0; i < assignment.scenes().size(); i++) {
            lines.add(line(assignment, i));
        }
        return Narration.of(assignment, lines, "fallback", note);
    }

    /** As many whole sentences as there is time for; of the first one as many words. */
    private static String line(Assignment assignment, int index) {
        var most = assignment.wordsFor(assignment.scenes().get(index));
        var line = new StringBuilder();
        var words = 0;
        for (var sentence : sentences(assignment, index)) {
            var count = Narration.words(sentence);
            if (words == 0 && count > most) {
                return String.join(" ", List.of(sentence.split("\\s+")).subList(0, most));
            }
            if (words + count <= most) {
                line.append(line.isEmpty() ? "" : " ").append(sentence);
                words += count;
            }
        }
        return line.toString();
    }

    /** What could be said in the scene, the most important first. */
    private static List<String> sentences(Assignment assignment, int index) {
        var scene = assignment.scenes().get(index);
        var name = assignment.name();
        var sentences = new ArrayList<@Nullable String>();
        if (index == 0) {
            sentences.add(name == null ? "Welcome" : "Welcome to " + name);
            sentences.add(assignment.location());
        } else if (index == assignment.scenes().size() - 1) {
            sentences.add(name == null ? "See for yourself" : name + " awaits you");
        }
        sentences.add(scene.title());
        sentences.add(scene.description());
        sentences.add(
                index < assignment.features().size() ? assignment.features().get(index) : null);
        var said = sentences.stream()
                .flatMap(Stream::ofNullable)
                .map(Narrations::sentence)
                .toList();
        return said.isEmpty() ? List.of("Take a look.") : said;
    }

    private static String sentence(String text) {
        return text.matches("(?s).*[.!?…]\\s*") ? text.strip() : text.strip() + ".";
    }
}
