package io.showreel.render.start;

import io.showreel.render.account.Account;
import io.showreel.render.account.AccountSettings;
import io.showreel.render.take.Ledger;
import io.showreel.render.take.RenderTakes;
import io.showreel.render.take.RenderTakes.News;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells waiting takes their place, at most once a second: those in front each step, those further back once they came
 * nearer by a fifth, and all of them why the account is on hold. Every word of it wakes the gateway, stitch-service and whoever waits for the job.
 */
final class QueueNews {

    private static final int HEARD = 40;
    private static final int IN_FRONT = 4;
    private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration USUAL_RENDERING = Duration.ofSeconds(90);

    private final Ledger ledger;
    private final RenderTakes takes;
    private final AccountSettings settings;
    private final InstantSource clock;
    private Map<UUID, Integer> told = new HashMap<>();
    private @Nullable String toldHold;
    private long toldAt = System.nanoTime() - EVERY_NANOS;

    QueueNews(Ledger ledger, RenderTakes takes, AccountSettings settings, InstantSource clock) {
        this.ledger = ledger;
        this.takes = takes;
        this.settings = settings;
        this.clock = clock;
    }

    void tell(Account account) {
        if (System.nanoTime() - toldAt < EVERY_NANOS) {
            return;
        }
        var waiting = ledger.queue(account.name(), HEARD).collectList().block(TIMEOUT);
        if (waiting == null) {
            return;
        }
        var hold = account.hold() == null ? null : account.hold().sentence();
        var isHoldNews = !Objects.equals(hold, toldHold);
        var places = new HashMap<UUID, Integer>();
        var news = new ArrayList<News>();
        for (int index = 0; index < waiting.size(); index++) {
            var takeId = waiting.get(index);
            var place = index + 1;
            var before = told.get(takeId);
            if (before == null || isHoldNews || isNews(before, place)) {
                var expectedAt = hold == null ? clock.instant().plus(untilRendered(account, place)) : null;
                news.add(new News(takeId, place, expectedAt, hold));
                before = place;
            }
            places.put(takeId, before);
        }
        if (!news.isEmpty()) {
            takes.tellPlaces(news).block(TIMEOUT);
        }
        told = places;
        toldHold = hold;
        toldAt = System.nanoTime();
    }

    static boolean isNews(int before, int now) {
        return now <= IN_FRONT ? now != before : Math.abs(before - now) * 5 >= before;
    }

    private Duration untilRendered(Account account, int place) {
        var rounds = Math.ceilDiv(place, settings.maxConcurrency());
        var pace = account.pace(settings, clock.instant());
        return USUAL_RENDERING.multipliedBy(rounds).plus(pace.multipliedBy(place));
    }
}
