package io.showreel.render.follow;

import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseWorker;
import io.showreel.messaging.LeasedWork;
import io.showreel.render.studio.replicate.ReplicateSettings;
import io.showreel.render.take.Attempt;
import io.showreel.render.take.Attempt.Stage;
import io.showreel.render.take.Entry;
import io.showreel.render.take.Fact;
import io.showreel.render.take.Ledger;
import io.showreel.render.take.RenderTakes;
import io.showreel.render.take.Take;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Gives up what another account has under way once no replica with its key has looked after it for hours: only who has
 * the key can ask the provider, and without an end the job would never have one either.
 */
@Component
class ForsakenTakes implements LeaseWorker.Work {

    static final String QUEUE = "forsaken";

    private static final Logger log = LoggerFactory.getLogger(ForsakenTakes.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String MESSAGE = "Nobody has the key of account %s any more.";

    private final Ledger ledger;
    private final RenderTakes takes;
    private final LeasedWork work;
    private final FollowSettings settings;
    private final ReplicateSettings replicate;
    private final InstantSource clock;
    private final TransactionalOperator tx;

    ForsakenTakes(
            Ledger ledger,
            RenderTakes takes,
            LeasedWork work,
            FollowSettings settings,
            ReplicateSettings replicate,
            InstantSource clock,
            TransactionalOperator tx) {
        this.ledger = ledger;
        this.takes = takes;
        this.work = work;
        this.settings = settings;
        this.replicate = replicate;
        this.clock = clock;
        this.tx = tx;
    }

    @Override
    public void run(Lease lease) {
        var before = clock.instant().minus(settings.forsakenAfter());
        ledger.underWayElsewhere(replicate.account(), before)
                .collectList()
                .blockOptional(TIMEOUT)
                .orElseThrow()
                .forEach(this::giveUp);
        work.postpone(lease, clock.instant().plus(settings.forsakenAfter().dividedBy(20)))
                .as(tx::transactional)
                .block(TIMEOUT);
    }

    private void giveUp(Entry entry) {
        log.warn("Take {} is given up: nobody has the key of account {} any more", entry.takeId(), entry.account());
        var message = MESSAGE.formatted(entry.account());
        if (entry.take() instanceof Take.Fetching fetching) {
            record(entry.takeId(), new Fact.Unusable(fetching.output(), message));
        }
        for (var attempt : entry.take().attempts()) {
            if (attempt.stage().isInFlight()) {
                giveUp(entry.takeId(), attempt, message);
            }
        }
    }

    private void giveUp(UUID takeId, Attempt attempt, String message) {
        if (attempt.stage() == Stage.SUBMITTING) {
            record(takeId, new Fact.AnswerLost(attempt.token(), message));
        }
        record(takeId, new Fact.BeyondProof(attempt.token(), message));
    }

    private void record(UUID takeId, Fact fact) {
        takes.record(takeId, fact).block(TIMEOUT);
    }
}
