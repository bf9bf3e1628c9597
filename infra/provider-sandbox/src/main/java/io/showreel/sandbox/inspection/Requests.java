package io.showreel.sandbox.inspection;

import io.showreel.sandbox.http.Request;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest requests of both origins, without those to the sandbox itself. */
public final class Requests {
    private static final int KEPT = 20_000;

    private final Deque<Seen> latest = new ArrayDeque<>();

    public synchronized void saw(String origin, Request request, int status) {
        if (request.path().startsWith(Inspection.PREFIX)) {
            return;
        }
        if (latest.size() == KEPT) {
            latest.removeFirst();
        }
        latest.addLast(new Seen(
                request.received(),
                Instant.now(),
                origin,
                request.method(),
                request.path(),
                status,
                request.account().orElse(null),
                request.header("x-grok-conv-id").orElse(null),
                request.fault().orElse(null)));
    }

    public synchronized List<Seen> all() {
        return List.copyOf(latest);
    }

    synchronized void clear() {
        latest.clear();
    }
}
