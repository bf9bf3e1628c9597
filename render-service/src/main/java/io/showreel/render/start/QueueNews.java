package io.showreel.render.start;

import io.showreel.contracts.scene.SceneEvent.TakePhase;
import io.showreel.render.take.Ledger;
import io.showreel.render.take.RenderTakes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Tells waiting takes their place, at most once a second: those in front each step, those further back once they came
 * nearer by a fifth. Every word of it wakes the gateway, stitch-service and whoever waits for the job.
 */
final class QueueNews {

    private static final int HEARD = 40;
    private static final int IN_FRONT = 4;
    private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration USUAL_RENDERING = Duration.ofSeconds(90);

    private final String account;
    private final Ledger ledger;
    private final RenderTakes takes;
    private final StartSettings settings;
    private final InstantSource clock;
    private Map<UUID, Integer> told = new HashMap<>();
    private long toldAt = System.nanoTime() - EVERY_NANOS;

    QueueNews(String account, Ledger ledger, RenderTakes takes, StartSettings settings, InstantSource clock) {
        this.account = account;
        this.ledger = ledger;
        this.takes = takes;
        this.settings = settings;
        this.clock = clock;
    }

    void tell() {
        if (System.nanoTime() - toldAt < EVERY_NANOS) {
            return;
        }
        var waiting = ledger.queue(account, HEARD).collectList().block(TIMEOUT);
        if (waiting == null) {
            return;
        }
        var places = new HashMap<UUID, Integer>();
        for (int index = 0; index < waiting.size(); index++) {
            var takeId = waiting.get(index);
            var place = index + 1;
            var before = told.get(takeId);
            if (before == null || isNews(before, place)) {
                takes.progress(takeId, TakePhase.QUEUED, place, clock.instant().plus(untilRendered(place)))
                        .block(TIMEOUT);
                before = place;
            }
            places.put(takeId, before);
        }
        told = places;
        toldAt = System.nanoTime();
    }

    static boolean isNews(int before, int now) {
        return now <= IN_FRONT ? now != before : Math.abs(before - now) * 5 >= before;
    }

    private Duration untilRendered(int place) {
        var rounds = Math.ceilDiv(place, settings.maxConcurrency());
        return USUAL_RENDERING.multipliedBy(rounds).plus(settings.delay().multipliedBy(place));
    }
}
