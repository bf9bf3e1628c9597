package io.showreel.render.follow;

import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseWorker;
import io.showreel.messaging.LeasedWork;
import io.showreel.render.studio.Answer;
import io.showreel.render.studio.Prediction;
import io.showreel.render.take.Attempt;
import io.showreel.render.take.Attempt.Stage;
import io.showreel.render.take.Entry;
import io.showreel.render.take.Fact;
import io.showreel.render.take.Ledger;
import io.showreel.render.take.RenderTakes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Searches once more for an attempt that was proven absent, while the provider still knows its input: should the proof
 * have been wrong, what it costs comes on record also where no webhook tells of it.
 */
@Component
class LookBack implements LeaseWorker.Work {

    private static final Logger log = LoggerFactory.getLogger(LookBack.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final RenderTakes takes;
    private final LeasedWork work;
    private final Sweep sweep;
    private final FollowSettings settings;
    private final InstantSource clock;
    private final TransactionalOperator tx;

    LookBack(
            Ledger ledger,
            RenderTakes takes,
            LeasedWork work,
            Sweep sweep,
            FollowSettings settings,
            InstantSource clock,
            TransactionalOperator tx) {
        this.ledger = ledger;
        this.takes = takes;
        this.work = work;
        this.sweep = sweep;
        this.settings = settings;
        this.clock = clock;
        this.tx = tx;
    }

    @Override
    public void run(Lease lease) throws InterruptedException {
        var token = UUID.fromString(lease.key());
        var entry = Objects.requireNonNull(ledger.ofAttempt(token).block(TIMEOUT));
        var change = isDone(entry, entry.attempt(token))
                ? work.complete(lease)
                : work.postpone(lease, clock.instant().plus(settings.sweepEvery()));
        change.as(tx::transactional).block(TIMEOUT);
    }

    private boolean isDone(Entry entry, Attempt attempt) throws InterruptedException {
        if (attempt.stage() != Stage.ABSENT) {
            return true;
        }
        if (sweep.list(entry.account(), attempt) instanceof Answer.Success<Optional<Prediction>> list) {
            list.value().ifPresent(found -> takes.record(entry.takeId(), new Fact.Accepted(attempt.token(), found.id()))
                    .block(TIMEOUT));
            return true;
        }
        var isTooLate = clock.instant().isAfter(attempt.begunAt().plus(settings.proofWindow()));
        if (isTooLate) {
            log.warn("The list could not be searched once more for attempt {}", attempt.token());
        }
        return isTooLate;
    }
}
