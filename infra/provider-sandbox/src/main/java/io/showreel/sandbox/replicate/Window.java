package io.showreel.sandbox.replicate;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** So many requests of an account within a sliding window. */
final class Window {
    private final int limit;
    private final long length;
    private final Map<String, Deque<Long>> recent = new HashMap<>();

    /** @param limit 0: none */
    Window(int limit, Duration length) {
        this.limit = limit;
        this.length = length.toNanos();
    }

    /** How long to wait; zero if the request may pass, and then it counts. */
    synchronized Duration admit(String account, long now) {
        if (limit == 0) {
            return Duration.ZERO;
        }
        var passed = recent.computeIfAbsent(account, name -> new ArrayDeque<>());
        while (!passed.isEmpty() && now - passed.getFirst() >= length) {
            passed.removeFirst();
        }
        if (passed.size() >= limit) {
            return Duration.ofNanos(passed.getFirst() + length - now);
        }
        passed.addLast(now);
        return Duration.ZERO;
    }

    synchronized void clear() {
        recent.clear();
    }
}
