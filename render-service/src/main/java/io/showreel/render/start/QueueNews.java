package io.showreel.render.start;

import io.showreel.render.account.Account;
import io.showreel.render.account.AccountSettings;
import io.showreel.render.model.Model;
import io.showreel.render.model.Models;
import io.showreel.render.take.Ledger;
import io.showreel.render.take.Ledger.Running;
import io.showreel.render.take.Ledger.Waiting;
import io.showreel.render.take.RenderTakes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/**
 * Tells waiting jobs their place and their end, or why the account is on hold. The queue is looked at once a second: its
 * front as it is in the ledger, the rest as it was when all of it was read, which is done every five seconds; both more
 * seldom where ten thousands wait, so that what it costs does not grow with the queue. What is new there is told a few
 * at a time: the gateway takes what arrives together as one, and a film that is finished then would wait for all of it.
 */
final class QueueNews {

    private static final int AT_ONCE = 4;
    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration READ_ALL = Duration.ofSeconds(5);
    /** Nothing is submitted while all is read in vain. */
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
    /** Takes, on average. */
    private static final int LOOKED_AT_A_SECOND = 10_000;

    private static final int READ_A_SECOND = 2_000;
    /** Nobody who stands behind as many hears of it. */
    private static final int MOST = 100_000;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final RenderTakes takes;
    private final Models models;
    private final AccountSettings settings;
    private final InstantSource clock;
    private final Tidings tidings = new Tidings();
    private Line line = Line.EMPTY;
    private long tellAt = System.nanoTime();
    private long lookAt = tellAt;
    private long readAllAt = tellAt;

    QueueNews(Ledger ledger, RenderTakes takes, Models models, AccountSettings settings, InstantSource clock) {
        this.ledger = ledger;
        this.takes = takes;
        this.models = models;
        this.settings = settings;
        this.clock = clock;
    }

    /** Called more often than there is something to tell. */
    void tell(Account account) {
        var now = System.nanoTime();
        if (now - lookAt >= 0) {
            lookAt = now + LOOK.toNanos();
            look(account);
            lookAt = now + pause(LOOK, LOOKED_AT_A_SECOND);
        }
        if (now - tellAt >= 0) {
            tellAt = now + BETWEEN.toNanos();
            tellSome();
        }
    }

    private void tellSome() {
        var some = tidings.next(AT_ONCE);
        if (!some.isEmpty()) {
            takes.tellPlaces(some).block(TIMEOUT);
            tidings.told(some);
        }
    }

    private void look(Account account) {
        lookUp(account);
        var hold = account.hold() == null ? null : account.hold().sentence();
        var now = clock.instant();
        var ends = hold == null ? ends(account, now) : List.<Instant>of();
        tidings.look(line.takes(), ends, line.strangers(), hold, now);
    }

    private void lookUp(Account account) {
        var now = System.nanoTime();
        var front = read(account, Line.FRONT);
        if (front.size() < Line.FRONT) {
            line = Line.whole(front);
        } else if (now - readAllAt < 0) {
            line = line.moved(front);
        } else {
            readAllAt = now + AFTER_FAILURE.toNanos();
            line = Line.whole(read(account, MOST));
            readAllAt = now + pause(READ_ALL, READ_A_SECOND);
        }
    }

    /** In nanoseconds. */
    private long pause(Duration usual, int takesASecond) {
        var forAsMany = Duration.ofSeconds(line.takes().size() / takesASecond);
        return Math.max(usual.toNanos(), forAsMany.toNanos());
    }

    private List<Waiting> read(Account account, int most) {
        return Objects.requireNonNull(
                ledger.queue(account.name(), most).collectList().block(TIMEOUT));
    }

    private List<Instant> ends(Account account, Instant now) {
        var paused = account.pausedUntil();
        var running = Objects.requireNonNull(ledger.running(account.name())
                .map(prediction -> end(prediction, now))
                .collectList()
                .block(TIMEOUT));
        return new Outlook(
                        paused == null || paused.isBefore(now) ? now : paused,
                        account.pace(settings, now),
                        settings.maxConcurrency(),
                        running)
                .ends(line.takes().stream().map(take -> typical(take.model())).toList());
    }

    private Instant end(Running prediction, Instant now) {
        var end = prediction.begunAt().plus(typical(prediction.model()));
        return end.isBefore(now) ? now : end;
    }

    /** What asks for a model that nobody knows ends at once. */
    private Duration typical(String model) {
        return models.named(model).map(Model::typical).orElse(Duration.ZERO);
    }
}
