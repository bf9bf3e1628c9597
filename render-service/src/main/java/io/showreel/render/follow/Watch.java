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

    private final Studio studio;
    private final Throttle throttle;
    private final Models models;
    private final Lifetime lifetime;
    private final InstantSource clock;

    Watch(Studio studio, Throttle throttle, Models models, Lifetime lifetime, InstantSource clock) {
        this.studio = studio;
        this.throttle = throttle;
        this.models = models;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** Its end; empty while it goes on, or while nothing is known. */
    Optional<Fact> look(Entry entry, PhaseNews news) throws InterruptedException {
        var attempt = entry.take().latest();
        var predictionId = Objects.requireNonNull(attempt.predictionId());
        throttle.awaitRead(entry.account());
        return switch (studio.look(predictionId)) {
            case Answer.Success<Prediction> success -> {
                var ending = success.value().ending(attempt.token());
                yield ending.isPresent() ? ending : goesOn(entry, attempt, success.value(), news);
            }
            case Answer.Missing<Prediction> missing -> unlessGivenUp(attempt, missing.message());
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
        }
        return unlessGivenUp(attempt, "The provider never ended it.");
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
