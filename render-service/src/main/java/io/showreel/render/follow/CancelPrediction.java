package io.showreel.render.follow;

import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseWorker;
import io.showreel.messaging.LeasedWork;
import io.showreel.render.studio.Answer;
import io.showreel.render.studio.Prediction;
import io.showreel.render.studio.Studio;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Asks the provider to stop a prediction until it was heard; that it ended is seen by whoever follows the take. */
@Component
class CancelPrediction implements LeaseWorker.Work {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration BEFORE_ASKING_AGAIN = Duration.ofSeconds(2);

    private final Studio studio;
    private final LeasedWork work;
    private final InstantSource clock;
    private final TransactionalOperator tx;

    CancelPrediction(Studio studio, LeasedWork work, InstantSource clock, TransactionalOperator tx) {
        this.studio = studio;
        this.work = work;
        this.clock = clock;
        this.tx = tx;
    }

    @Override
    public void run(Lease lease) {
        var change = isSettled(studio.cancel(lease.key()))
                ? work.complete(lease)
                : work.postpone(lease, clock.instant().plus(BEFORE_ASKING_AGAIN));
        inTransaction(change);
    }

    private static boolean isSettled(Answer<Prediction> answer) {
        return answer instanceof Answer.Success<Prediction>
                || answer instanceof Answer.Missing<Prediction>
                || answer instanceof Answer.Rejected<Prediction>;
    }

    private void inTransaction(Mono<Void> change) {
        change.as(tx::transactional).block(TIMEOUT);
    }
}
