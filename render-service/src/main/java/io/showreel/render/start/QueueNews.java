package io.showreel.render.start;

import io.showreel.render.account.Account;
import io.showreel.render.account.AccountSettings;
import io.showreel.render.take.Ledger;
import io.showreel.render.take.RenderTakes;
import io.showreel.render.take.RenderTakes.News;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Tells waiting takes their place: those in front each step, those further back once they came nearer by a fifth, and
 * all of them why the account is on hold. The queue is looked at once a second, and what is new there is told a few at
 * a time: the gateway takes what arrives together as one, and a film that is finished then would wait for all of it.
 */
final class QueueNews {

    private static final int HEARD = 40;
    private static final int IN_FRONT = 4;
    private static final int AT_ONCE = 4;
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration USUAL_RENDERING = Duration.ofSeconds(90);

    private final Ledger ledger;
    private final RenderTakes takes;
    private final AccountSettings settings;
    private final InstantSource clock;
    private final Map<UUID, News> told = new HashMap<>();
    private final Queue<News> untold = new ArrayDeque<>();
    private long lookedAt = System.nanoTime() - LOOK_NANOS;

    QueueNews(Ledger ledger, RenderTakes takes, AccountSettings settings, InstantSource clock) {
        this.ledger = ledger;
        this.takes = takes;
        this.settings = settings;
        this.clock = clock;
    }

    /** Called more often than there is something to tell. */
    void tell(Account account) {
        if (System.nanoTime() - lookedAt >= LOOK_NANOS) {
            lookedAt = System.nanoTime();
            look(account);
        }
        var some = Stream.generate(untold::poll)
                .limit(Math.min(AT_ONCE, untold.size()))
                .toList();
        if (!some.isEmpty()) {
            takes.tellPlaces(some).block(TIMEOUT);
            some.forEach(news -> told.put(news.takeId(), news));
        }
    }

    private void look(Account account) {
        untold.clear();
        var waiting = Objects.requireNonNull(
                ledger.queue(account.name(), HEARD).collectList().block(TIMEOUT));
        told.keySet().retainAll(waiting);
        var hold = account.hold() == null ? null : account.hold().sentence();
        for (int index = 0; index < waiting.size(); index++) {
            var place = index + 1;
            var before = told.get(waiting.get(index));
            if (before == null || !Objects.equals(before.hold(), hold) || isNews(before.place(), place)) {
                var expectedAt = hold == null ? clock.instant().plus(untilRendered(account, place)) : null;
                untold.add(new News(waiting.get(index), place, expectedAt, hold));
            }
        }
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
