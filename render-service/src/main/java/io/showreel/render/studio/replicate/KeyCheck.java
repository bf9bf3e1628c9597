package io.showreel.render.studio.replicate;

import io.showreel.render.studio.Answer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Asks at the start whose key ours is: a wrong one is better known now than from the first job. */
@Component
class KeyCheck {

    private static final Logger log = LoggerFactory.getLogger(KeyCheck.class);

    private final ReplicateStudio replicate;
    private final ReplicateSettings settings;

    KeyCheck(ReplicateStudio replicate, ReplicateSettings settings) {
        this.replicate = replicate;
        this.settings = settings;
    }

    @EventListener(ApplicationReadyEvent.class)
    void checkSoon() {
        Thread.ofVirtual().name("key check").start(this::check);
    }

    void check() {
        if (settings.apiKey().value().isBlank()) {
            log.warn("No key of Replicate is set (REPLICATE_API_KEY): nothing can be submitted");
            return;
        }
        switch (replicate.account()) {
            case Answer.Success<String> success -> log.info("The key is that of {} at Replicate", success.value());
            case Answer.Denied<String> denied ->
                log.warn("Replicate refuses our key, and will refuse every submission: {}", denied.message());
            case Answer<String> other -> log.info("Whether Replicate accepts our key is not known: {}", other);
        }
    }
}
