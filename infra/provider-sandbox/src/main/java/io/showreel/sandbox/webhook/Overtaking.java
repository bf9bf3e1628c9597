package io.showreel.sandbox.webhook;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Lets a delivery wait until another one of its account was sent. */
final class Overtaking {
    private final Map<String, Long> sent = new HashMap<>();

    synchronized void sent(String account) {
        sent.merge(account, 1L, Long::sum);
        notifyAll();
    }

    synchronized void awaitAnother(String account, Duration patience) throws InterruptedException {
        long before = sent.getOrDefault(account, 0L);
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toMillis();
                left > 0 && sent.getOrDefault(account, 0L) == before;
                left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }
}
