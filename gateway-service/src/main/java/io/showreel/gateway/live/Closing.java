package io.showreel.gateway.live;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Tells those who only wait that this replica shuts down. Stops before the web server, which otherwise would wait in vain
 * for answers that never end.
 */
@Component
public class Closing implements SmartLifecycle {

    private final Sinks.Empty<Void> begun = Sinks.empty();
    private volatile boolean running;

    /** Completes when the shutdown begins. */
    public Mono<Void> begun() {
        return begun.asMono();
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        begun.tryEmitEmpty();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
