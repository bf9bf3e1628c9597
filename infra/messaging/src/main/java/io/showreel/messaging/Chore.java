package io.showreel.messaging;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Something that nobody waits for, done when a process starts and again after each pause, on a thread of its own. What
 * goes wrong is left to the next time. Every replica does it, so it has to be as good done twice at once.
 */
public final class Chore implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Chore.class);

    private final String name;
    private final Duration pause;
    private final Runnable work;
    private volatile @Nullable Thread thread;

    /** @param name of the thread, and what the log calls it */
    public Chore(String name, Duration pause, Runnable work) {
        this.name = name;
        this.pause = pause;
        this.work = work;
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name(name).start(this::workUntilStopped);
    }

    @Override
    public void stop() {
        var working = thread;
        if (working != null) {
            working.interrupt();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void workUntilStopped() {
        try {
            while (true) {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    if (!Thread.currentThread().isInterrupted()) {
                        log.warn("{} is done again in {}: {}", name, pause, e.toString());
                    }
                }
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
