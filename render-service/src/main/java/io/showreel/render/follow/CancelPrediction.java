package io.showreel.render.follow;

import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseWorker;
import io.showreel.messaging.LeasedWork;
import io.showreel.render.start.Throttle;
import io.showreel.render.studio.Answer;
import io.showreel.render.studio.Prediction;
import io.showreel.render.studio.Studio;
import io.showreel.render.studio.replicate.ReplicateSettings;
import io.showreel.render.take.Attempt;
import io.showreel.render.take.Attempt.Stage;
import io.showreel.render.take.Fact;
import io.showreel.render.take.Ledger;
import io.showreel.render.take.Ledger.Submission;
import io.showreel.render.take.RenderTakes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Asks the provider to stop a prediction until it was heard. That it ended is usually seen by whoever follows the take;
 * the end of a stray, which nobody follows, is awaited here.
 */
@Component
class CancelPrediction implements LeaseWorker.Work {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration BEFORE_ASKING_AGAIN = Duration.ofSeconds(2);

    private final Studio studio;
    private final Ledger ledger;
    private final RenderTakes takes;
    private final LeasedWork work;
    private final Lifetime lifetime;
    private final Throttle throttle;
    private final String account;
    private final InstantSource clock;
    private final TransactionalOperator tx;

    CancelPrediction(
            Studio studio,
            Ledger ledger,
            RenderTakes takes,
            LeasedWork work,
            Lifetime lifetime,
            Throttle throttle,
            ReplicateSettings replicate,
            InstantSource clock,
            TransactionalOperator tx) {
        this.studio = studio;
        this.ledger = ledger;
        this.takes = takes;
        this.work = work;
        this.lifetime = lifetime;
        this.throttle = throttle;
        this.account = replicate.account();
        this.clock = clock;
        this.tx = tx;
    }

    @Override
    public void run(Lease lease) throws InterruptedException {
        throttle.awaitRead(account);
        var answer = studio.cancel(lease.key());
        var submission = ledger.submission(null, lease.key()).block(TIMEOUT);
        var change = (submission == null ? isHeard(answer) : isSettled(submission, lease.key(), answer))
                ? work.complete(lease)
                : work.postpone(lease, clock.instant().plus(BEFORE_ASKING_AGAIN));
        change.as(tx::transactional).block(TIMEOUT);
    }

    private static boolean isHeard(Answer<Prediction> answer) {
        return answer instanceof Answer.Success<Prediction>
                || answer instanceof Answer.Missing<Prediction>
                || answer instanceof Answer.Rejected<Prediction>;
    }

    /** Whether nothing of it remains to be heard here. */
    private boolean isSettled(Submission submission, String predictionId, Answer<Prediction> answer)
            throws InterruptedException {
        listen(submission, answer);
        if (attempt(submission).stage() == Stage.STRAY && !(answer instanceof Answer.Success<Prediction>)) {
            // What can't be stopped may have ended.
            throttle.awaitRead(account);
            listen(submission, studio.look(predictionId));
        }
        var attempt = attempt(submission);
        if (attempt.stage() != Stage.STRAY) {
            return isHeard(answer) || !attempt.stage().isInFlight();
        }
        if (!(answer instanceof Answer.Missing<Prediction>) && !lifetime.isGivenUp(attempt, clock.instant())) {
            return false;
        }
        record(submission, new Fact.BeyondProof(submission.token(), "Nobody knows how it ended: it counts as paid."));
        return true;
    }

    private void listen(Submission submission, Answer<Prediction> answer) {
        if (answer instanceof Answer.Success<Prediction> success) {
            success.value().ending(submission.token()).ifPresent(ending -> record(submission, ending));
        }
    }

    private Attempt attempt(Submission submission) {
        return Objects.requireNonNull(ledger.ofAttempt(submission.token()).block(TIMEOUT))
                .attempt(submission.token());
    }

    private void record(Submission submission, Fact fact) {
        takes.record(submission.takeId(), fact).block(TIMEOUT);
    }
}
