package io.showreel.selection.storyboard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody who tells a story with photos, given time. */
public interface Storyteller {

    /**
     * Says something by the deadline, which need not be any good.
     *
     * @param earlier what was said before and why it will not do; null at the first time
     * @throws StorytellerException when nothing can be had, and asking again would not help
     */
    Telling tell(Question question, @Nullable Objection earlier, Deadline deadline)
            throws StorytellerException, InterruptedException;

    /** Of more groups than can be told about at once, those that are worth it; by default all. */
    default Narrowing narrow(Question question, Deadline deadline) throws StorytellerException, InterruptedException {
        return new Narrowing(question, Spent.NOTHING);
    }

    /** @param question about fewer groups, or the same */
    record Narrowing(Question question, Spent spent) {}

    /** What was heard. */
    sealed interface Telling {
        Spent spent();
    }

    /** @param music for the whole film, null if nothing was said about it */
    record Story(String said, List<Scene> scenes, @Nullable String music, Spent spent) implements Telling {
        public Story {
            scenes = List.copyOf(scenes);
        }

        /** Its pairs in its order, with nothing said about them. */
        Story withoutWords() {
            return new Story(said, scenes.stream().map(Scene::withoutWords).toList(), null, spent);
        }
    }

    /** Not a story: broken off, declined, or not in the form that was asked for. */
    record Mumble(String said, String objection, Spent spent) implements Telling {}

    /**
     * @param first reference of the photo that the scene starts from
     * @param last reference of the photo that it ends at
     */
    record Scene(
            String first,
            String last,
            @Nullable String type,
            @Nullable String title,
            @Nullable String description,
            @Nullable String reason,
            @Nullable Double score) {

        Scene withoutWords() {
            return new Scene(first, last, type, null, null, reason, score);
        }
    }

    record Objection(String said, List<String> reasons) {
        public Objection {
            reasons = List.copyOf(reasons);
        }
    }
}
