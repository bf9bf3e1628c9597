package io.showreel.render.follow;

import io.showreel.contracts.scene.SceneEvent.TakePhase;
import io.showreel.render.model.Models;
import io.showreel.render.start.Throttle;
import io.showreel.render.studio.Answer;
import io.showreel.render.studio.Prediction;
import io.showreel.render.studio.Studio;
import io.showreel.render.take.Attempt;
import io.showreel.render.take.Entry;
import io.showreel.render.take.Fact;
import io.showreel.render.take.Symptom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks at a running prediction. */
@Component
class Watch {

    private static final Logger log = LoggerFactory.getLogger(Watch.class);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Studio studio;
    private final Throttle throttle;
    private final Models models;
    private final Lifetime lifetime;
    private final FollowSettings settings;
    private final InstantSource clock;

    Watch(
            Studio studio,
            Throttle throttle,
            Models models,
            Lifetime lifetime,
            FollowSettings settings,
            InstantSource clock) {
        this.studio = studio;
        this.throttle = throttle;
        this.models = models;
        this.lifetime = lifetime;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What one look shows.
     *
     * @param fact its end, for one; empty while it goes on, or while nothing is known
     * @param untilNext how long not to look again
     */
    record Sight(Optional<Fact> fact, Duration untilNext) {}

    Sight look(Entry entry, PhaseNews news, Absence absence) throws InterruptedException {
        var attempt = entry.take().latest();
        throttle.awaitRead(entry.account());
        var answer = studio.look(Objects.requireNonNull(attempt.predictionId()));
        return new Sight(factOf(answer, entry, news, absence), untilNext(answer));
    }

    private Duration untilNext(Answer<Prediction> answer) {
        var usual = settings.pollEvery();
        if (!(answer instanceof Answer.Throttled<Prediction> throttled)) {
            return usual;
        }
        var asked = throttled.delay().compareTo(LONGEST_WAIT) < 0 ? throttled.delay() : LONGEST_WAIT;
        return asked.compareTo(usual) > 0 ? asked : usual;
    }

    private Optional<Fact> factOf(Answer<Prediction> answer, Entry entry, PhaseNews news, Absence absence)
            throws InterruptedException {
        var attempt = entry.take().latest();
        return switch (answer) {
            case Answer.Success<Prediction> success -> {
                absence.over();
                var ending = success.value().ending(attempt.token());
                yield ending.isPresent() ? ending : goesOn(entry, attempt, success.value(), news);
            }
            case Answer.Missing<Prediction> missing -> missed(attempt, missing.message(), absence);
            case Answer.Throttled<Prediction> throttled -> unlessGivenUp(attempt, throttled.message());
            case Answer.Denied<Prediction> denied -> unlessGivenUp(attempt, denied.message());
            case Answer.Rejected<Prediction> rejected -> unlessGivenUp(attempt, rejected.message());
            case Answer.NotSent<Prediction> notSent -> unlessGivenUp(attempt, notSent.message());
            case Answer.Ambiguous<Prediction> ambiguous -> unlessGivenUp(attempt, ambiguous.message());
        };
    }

    private Optional<Fact> goesOn(Entry entry, Attempt attempt, Prediction prediction, PhaseNews news)
            throws InterruptedException {
        var phase =
                switch (prediction.status()) {
                    case STARTING -> TakePhase.WAITING;
                    case PROCESSING -> TakePhase.PROCESSING;
                    case SUCCEEDED, FAILED, CANCELED, ABORTED, UNKNOWN -> TakePhase.OTHER;
                };
        news.tell(phase, expectedAt(entry, attempt));
        if (lifetime.isExceeded(attempt, clock.instant())) {
            log.warn("Prediction {} goes on after its deadline and is canceled", prediction.id());
            throttle.awaitRead(entry.account());
            studio.cancel(prediction.id());
            var givenUp = unlessGivenUp(attempt, "The provider never ended it.");
            return givenUp.isPresent() ? givenUp : Optional.of(new Fact.StopAsked(attempt.token()));
        }
        return unlessGivenUp(attempt, "The provider never ended it.");
    }

    private Optional<Fact> missed(Attempt attempt, String message, Absence absence) {
        absence.missed(clock.instant());
        return absence.hasLasted(settings.believeGoneAfter(), clock.instant())
                ? Optional.of(new Fact.BeyondProof(attempt.token(), Symptom.GONE, message))
                : Optional.empty();
    }

    private Optional<Fact> unlessGivenUp(Attempt attempt, String message) {
        return lifetime.isGivenUp(attempt, clock.instant())
                ? Optional.of(new Fact.BeyondProof(attempt.token(), message))
                : Optional.empty();
    }

    private Instant expectedAt(Entry entry, Attempt attempt) {
        var typical = models.named(entry.input().model())
                .map(model -> attempt.begunAt().plus(model.typical()));
        var now = clock.instant();
        return typical.filter(now::isBefore).orElse(now);
    }
}
