package io.showreel.render.follow;

import io.showreel.render.start.Throttle;
import io.showreel.render.studio.Answer;
import io.showreel.render.studio.Prediction;
import io.showreel.render.studio.Studio;
import io.showreel.render.take.Attempt;
import io.showreel.render.take.Entry;
import io.showreel.render.take.Fact;
import io.showreel.render.take.Ledger;
import io.showreel.render.take.Trace;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Searches the provider's list for an attempt whose answer was lost. */
@Component
class Sweep {

    private static final Logger log = LoggerFactory.getLogger(Sweep.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Studio studio;
    private final Ledger ledger;
    private final Throttle throttle;
    private final Reconciliation reconciliation;
    private final InstantSource clock;

    Sweep(Studio studio, Ledger ledger, Throttle throttle, FollowSettings settings, InstantSource clock) {
        this.studio = studio;
        this.ledger = ledger;
        this.throttle = throttle;
        this.reconciliation = new Reconciliation(
                settings.sweeps(), settings.sweepEvery().multipliedBy(settings.sweeps() - 1L), settings.proofWindow());
        this.clock = clock;
    }

    /** What it found out; empty if the list could not be read, which proves nothing while there is time to read it. */
    Optional<Fact> search(Entry entry) throws InterruptedException {
        var attempt = entry.take().latest();
        return switch (list(entry.account(), attempt)) {
            case Answer.Success<Optional<Prediction>> list ->
                Optional.of(list.value()
                        .<Fact>map(found -> new Fact.Accepted(attempt.token(), found.id()))
                        .orElseGet(() -> missed(attempt)));
            case Answer.Throttled<Optional<Prediction>> throttled -> unread(attempt, throttled.message());
            case Answer.Denied<Optional<Prediction>> denied -> unread(attempt, denied.message());
            case Answer.Rejected<Optional<Prediction>> rejected -> unread(attempt, rejected.message());
            case Answer.Missing<Optional<Prediction>> missing -> unread(attempt, missing.message());
            case Answer.NotSent<Optional<Prediction>> notSent -> unread(attempt, notSent.message());
            case Answer.Ambiguous<Optional<Prediction>> ambiguous -> unread(attempt, ambiguous.message());
        };
    }

    /** What the provider's list says of an attempt. */
    Answer<Optional<Prediction>> list(String account, Attempt attempt) throws InterruptedException {
        // Written in the same transaction as the attempt.
        var trace = Objects.requireNonNull(ledger.trace(attempt.token()).block(TIMEOUT));
        throttle.awaitRead(account);
        var since = reconciliation.earliest(attempt.begunAt());
        return studio.find(since, prediction -> isOurs(trace, prediction));
    }

    private boolean isOurs(Trace trace, Prediction prediction) {
        return trace.matches(prediction.input(), prediction.webhook())
                && !Boolean.TRUE.equals(ledger.isKnown(prediction.id()).block(TIMEOUT));
    }

    private Fact missed(Attempt attempt) {
        var token = attempt.token();
        return switch (reconciliation.judge(attempt.sweeps() + 1, attempt.begunAt(), clock.instant())) {
            case SEARCH_AGAIN -> new Fact.NotListed(token);
            case ABSENT -> new Fact.ProvenAbsent(token);
            case BEYOND_PROOF ->
                new Fact.BeyondProof(token, "The attempt is not listed, but the provider may have deleted it by now.");
        };
    }

    private Optional<Fact> unread(Attempt attempt, String message) {
        log.warn("The provider's list can't be read: {}", message);
        return reconciliation.isBeyondProof(attempt.begunAt(), clock.instant())
                ? Optional.of(new Fact.BeyondProof(
                        attempt.token(), "The provider's list could not be read in time: " + message))
                : Optional.empty();
    }
}
