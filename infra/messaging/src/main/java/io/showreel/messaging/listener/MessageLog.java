package io.showreel.messaging.listener;

import io.showreel.messaging.LogContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of each message that it took effect, under a logger named after its type, such as
 * {@code io.showreel.messages.take_rendered}: so a request can be followed through the logs of all services, and types
 * that come often can be silenced by configuration.
 */
final class MessageLog {

    private static final String PREFIX = "io.showreel.messages.";

    private final Map<String, Logger> loggers = new ConcurrentHashMap<>();

    void effective(Incoming<?> incoming) {
        incoming.message().ifPresent(message -> {
            var type = incoming.type();
            var log = loggers.computeIfAbsent(type, name -> LoggerFactory.getLogger(PREFIX + name));
            if (log.isInfoEnabled()) {
                try (var ignored = LogContext.open(
                        incoming.delivery().key(), incoming.delivery().origin())) {
                    log.info(
                            "{} {} from {}",
                            type,
                            incoming.delivery().id(),
                            incoming.delivery().topic());
                }
            }
        });
    }
}
