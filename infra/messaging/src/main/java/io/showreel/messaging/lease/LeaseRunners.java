package io.showreel.messaging.lease;

import java.util.ArrayList;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/** Starts and stops the workers of all queues with the application. */
final class LeaseRunners implements SmartLifecycle {

    private final List<LeaseRunner> runners;
    private volatile boolean running;

    LeaseRunners(List<LeaseRunner> runners) {
        this.runners = List.copyOf(runners);
    }

    @Override
    public void start() {
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
