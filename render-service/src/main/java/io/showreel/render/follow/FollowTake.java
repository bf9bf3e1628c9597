package io.showreel.render.follow;

import io.showreel.contracts.scene.SceneEvent.TakePhase;
import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseLostException;
import io.showreel.messaging.LeaseWorker;
import io.showreel.messaging.LeasedWork;
import io.showreel.observability.tracing.Spans;
import io.showreel.render.take.Doorbell;
import io.showreel.render.take.Entry;
import io.showreel.render.take.Fact;
import io.showreel.render.take.Ledger;
import io.showreel.render.take.RenderTakes;
import io.showreel.render.take.Take;
import io.showreel.render.take.TakeErrands;
import io.showreel.render.take.TakeSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Follows one take from its attempt to its file, from whatever state the last one to hold the lease left it in. */
@Component
class FollowTake implements LeaseWorker.Work {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final RenderTakes takes;
    private final LeasedWork work;
    private final Sweep sweep;
    private final Watch watch;
    private final CopyOutput copying;
    private final Doorbell doorbell;
    private final TakeErrands errands;
    private final Spans spans;
    private final FollowSettings settings;
    private final TakeSettings takeSettings;
    private final InstantSource clock;
    private final TransactionalOperator tx;

    FollowTake(
            Ledger ledger,
            RenderTakes takes,
            LeasedWork work,
            Sweep sweep,
            Watch watch,
            CopyOutput copying,
            Doorbell doorbell,
            TakeErrands errands,
            Spans spans,
            FollowSettings settings,
            TakeSettings takeSettings,
            InstantSource clock,
            TransactionalOperator tx) {
        this.ledger = ledger;
        this.takes = takes;
        this.work = work;
        this.sweep = sweep;
        this.watch = watch;
        this.copying = copying;
        this.doorbell = doorbell;
        this.errands = errands;
        this.spans = spans;
        this.settings = settings;
        this.takeSettings = takeSettings;
        this.clock = clock;
        this.tx = tx;
    }

    @Override
    public void run(Lease lease) throws InterruptedException, IOException {
        var takeId = UUID.fromString(lease.key());
        try (var ignored = errands.begin("follow take", takeId);
                var door = doorbell.at(lease.key())) {
            follow(lease, takeId, door);
        }
    }

    private void follow(Lease lease, UUID takeId, Doorbell.Door door) throws InterruptedException, IOException {
        var news = new PhaseNews(takeId, takes);
        var absence = new Absence();
        while (lease.isFresh()) {
            var entry = Objects.requireNonNull(ledger.find(takeId).block(TIMEOUT));
            switch (entry.take()) {
                case Take.Submitting submitting -> {
                    var guard = submitting.latest().begunAt().plus(takeSettings.guardAfter());
                    if (clock.instant().isBefore(guard)) {
                        postpone(lease, guard);
                        return;
                    }
                    var token = submitting.latest().token();
                    record(takeId, new Fact.AnswerLost(token, "Its sender died."));
                }
                case Take.Unknown unknown -> {
                    if (!isDueToSweep(unknown)) {
                        postpone(lease, firstSweep(unknown));
                        return;
                    }
                    if (!sweep(entry)) {
                        postpone(lease, clock.instant().plus(settings.sweepEvery()));
                        return;
                    }
                }
                case Take.Running running -> {
                    var sight = watch.look(entry, news, absence);
                    var fact = sight.fact();
                    if (fact.isEmpty() || record(takeId, fact.get()) instanceof Take.Running) {
                        door.await(sight.untilNext());
                    }
                }
                case Take.Fetching fetching -> {
                    news.tell(TakePhase.DOWNLOADING, clock.instant());
                    var since = endedAt(entry);
                    var fact = fetch(entry, fetching, since);
                    if (fact.isEmpty()) {
                        postpone(lease, copying.nextTry(since));
                        return;
                    }
                    record(takeId, fact.get());
                }
                case Take.Queued queued -> {
                    complete(lease);
                    return;
                }
                case Take.Unverifiable unverifiable -> {
                    complete(lease);
                    return;
                }
                case Take.Ended ended -> {
                    complete(lease);
                    return;
                }
            }
        }
        throw new LeaseLostException(lease);
    }

    private Optional<Fact> fetch(Entry entry, Take.Fetching take, Instant since)
            throws InterruptedException, IOException {
        try (var ignored = spans.open("fetch output", Spans.Kind.INTERNAL)) {
            return copying.copy(entry, take, since);
        }
    }

    private boolean isDueToSweep(Take.Unknown take) {
        return !clock.instant().isBefore(firstSweep(take));
    }

    /** A submission that is still under way must not be missed by the sweeps. */
    private Instant firstSweep(Take.Unknown take) {
        return take.latest().begunAt().plus(takeSettings.firstSweepAfter());
    }

    /** @return whether the take is somewhere else now */
    private boolean sweep(Entry entry) throws InterruptedException {
        var fact = sweep.search(entry);
        return fact.isPresent() && !(record(entry.takeId(), fact.get()) instanceof Take.Unknown);
    }

    private Instant endedAt(Entry entry) {
        return Objects.requireNonNullElseGet(ledger.changedAt(entry.takeId()).block(TIMEOUT), clock::instant);
    }

    private Take record(UUID takeId, Fact fact) {
        return Objects.requireNonNull(takes.record(takeId, fact).block(TIMEOUT));
    }

    private void postpone(Lease lease, Instant due) {
        inTransaction(work.postpone(lease, due));
    }

    private void complete(Lease lease) {
        inTransaction(work.complete(lease));
    }

    private void inTransaction(Mono<Void> change) {
        change.as(tx::transactional).block(TIMEOUT);
    }
}
