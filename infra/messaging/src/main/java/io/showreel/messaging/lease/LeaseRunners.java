package io.showreel.messaging.lease;

import java.util.ArrayList;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/** Starts and stops the workers of all queues with the application, and shows its presence meanwhile. */
final class LeaseRunners implements SmartLifecycle {

    private final Presence presence;
    private final List<LeaseRunner> runners;
    private volatile boolean running;

    LeaseRunners(Presence presence, List<LeaseRunner> runners) {
        this.presence = presence;
        this.runners = List.copyOf(runners);
    }

    @Override
    public void start() {
        presence.start();
        runners.forEach(LeaseRunner::start);
        running = true;
    }

    @Override
    public void stop() {
        var stopping = new ArrayList<Thread>();
        for (var runner : runners) {
            stopping.add(Thread.ofVirtual().start(() -> {
                try {
                    runner.stop();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        try {
            for (var each : stopping) {
                each.join();
            }
            presence.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
