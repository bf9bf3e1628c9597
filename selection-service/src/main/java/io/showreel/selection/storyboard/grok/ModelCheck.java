package io.showreel.selection.storyboard.grok;

import io.showreel.selection.storyboard.StorytellerException;
import io.showreel.selection.storyboard.grok.XaiSettings.Prices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Looks at start whether the configured model is there, takes an effort and costs what is configured, and only warns:
 * the service can do without.
 */
@Component
class ModelCheck {

    private static final Logger log = LoggerFactory.getLogger(ModelCheck.class);

    private final XaiSettings settings;
    private final XaiClient client;

    ModelCheck(XaiSettings settings, XaiClient client) {
        this.settings = settings;
        this.client = client;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        Thread.ofVirtual().name("xai-model-check").start(this::look);
    }

    void look() {
        if (settings.key().isMissing()) {
            log.warn("XAI_API_KEY is not set: the scene templates choose all storyboards");
            return;
        }
        try {
            var models = client.models();
            if (models.contains(settings.model())) {
                log.info("{} offers {}", settings.url(), settings.model());
                differences(client.prices()).forEach(log::warn);
            } else {
                log.warn("{} does not list the model {}; it lists {}", settings.url(), settings.model(), models);
            }
        } catch (StorytellerException e) {
            log.warn("The models of {} could not be looked at. {}", settings.url(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is configured otherwise than xAI has it, in words; nothing about what xAI doesn't say. */
    List<String> differences(Map<String, Prices> listed) {
        var found = new ArrayList<String>();
        if (settings.effort() != null && settings.model().contains("non-reasoning")) {
            found.add("selection.xai.effort is %s, but %s does not reason and refuses an effort"
                    .formatted(settings.effort(), settings.model()));
        }
        var prices = listed.get(settings.model());
        if (prices != null && !prices.areThoseOf(settings.prices())) {
            found.add("%s costs %s a million tokens, but selection.xai.prices has %s"
                    .formatted(
                            settings.model(),
                            prices.inWords(),
                            settings.prices().inWords()));
        }
        return found;
    }
}
