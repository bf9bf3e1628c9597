package io.showreel.selection.storyboard.kafka;

import io.showreel.contracts.storyboard.StoryboardEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The last answers by the id of their command, so that a broker that is out of reach doesn't have the model asked, and
 * paid, once for each try to send. Forgotten with the process, which only costs another asking.
 */
final class RecentAnswers {

    private static final int REMEMBERED = 32;

    private final Map<UUID, StoryboardEvent> answers = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, StoryboardEvent> eldest) {
            return size() > REMEMBERED;
        }
    };

    synchronized @Nullable StoryboardEvent to(UUID command) {
        return answers.get(command);
    }

    synchronized void remember(UUID command, StoryboardEvent answer) {
        answers.put(command, answer);
    }
}
