package io.showreel.selection.storyboard.grok;

import io.showreel.selection.storyboard.StorytellerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Looks at start whether the configured model is there, and only warns: the service can do without. */
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
            } else {
                log.warn("{} does not list the model {}; it lists {}", settings.url(), settings.model(), models);
            }
        } catch (StorytellerException e) {
            log.warn("The models of {} could not be looked at. {}", settings.url(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
