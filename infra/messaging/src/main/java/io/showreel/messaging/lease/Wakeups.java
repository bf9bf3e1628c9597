package io.showreel.messaging.lease;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells this process's worker of a queue that something was scheduled; others find it by polling. */
final class Wakeups {

    private final Map<String, Runnable> workers = new ConcurrentHashMap<>();

    void register(String queue, Runnable worker) {
        if (workers.putIfAbsent(queue, worker) != null) {
            throw new IllegalStateException("There are two workers of " + queue + ".");
        }
    }

    void wake(String queue) {
        workers.getOrDefault(queue, () -> {}).run();
    }
}
