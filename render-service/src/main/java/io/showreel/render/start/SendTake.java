package io.showreel.render.start;

import io.showreel.contracts.scene.SceneEvent.LossReason;
import io.showreel.messaging.Lease;
import io.showreel.render.studio.Answer;
import io.showreel.render.studio.Answer.Denial;
import io.showreel.render.studio.Order;
import io.showreel.render.studio.Prediction;
import io.showreel.render.studio.Studio;
import io.showreel.render.take.Fact;
import io.showreel.render.take.Ledger;
import io.showreel.render.take.RenderTakes;
import io.showreel.render.take.Symptom;
import io.showreel.render.take.TakeErrands;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Sends what is on record, and records what came of it. Should this process die in between, or the database be away for
 * long, the attempt's guard finds it without an answer.
 */
@Component
class SendTake implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(SendTake.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Studio studio;
    private final RenderTakes takes;
    private final Ledger ledger;
    private final Brake brake;
    private final TakeErrands errands;
    private final Map<String, Spacing> spacings = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    SendTake(Studio studio, RenderTakes takes, Ledger ledger, Brake brake, TakeErrands errands) {
        this.studio = studio;
        this.takes = takes;
        this.ledger = ledger;
        this.brake = brake;
        this.errands = errands;
    }

    /**
     * Does not wait for the answer, so that the next take keeps its pace.
     *
     * @param pace between two submissions of the account
     */
    void send(Lease lease, UUID takeId, Order order, Duration pace) {
        threads.execute(() -> {
            try (var ignored = errands.begin("submit take", takeId)) {
                sendNow(lease, takeId, order, pace);
            }
        });
    }

    private void sendNow(Lease lease, UUID takeId, Order order, Duration pace) {
        var fact = factOf(lease, takeId, order, pace);
        try {
            takes.record(takeId, fact).block(TIMEOUT);
        } catch (RuntimeException e) {
            log.warn("The answer to take {} is not on record; its guard will ask the provider: {}", takeId, fact, e);
        }
    }

    private Fact factOf(Lease lease, UUID takeId, Order order, Duration pace) {
        var token = order.token();
        if (!mayBeSent(takeId, token)) {
            return new Fact.NotSent(token, "It was given up before it was sent.");
        }
        var spacing = spacings.computeIfAbsent(lease.key(), account -> new Spacing());
        try {
            Thread.sleep(spacing.next(System.nanoTime(), pace));
        } catch (InterruptedException e) {
            return new Fact.NotSent(token, "The service stopped before it was sent.");
        }
        if (!lease.isFresh()) {
            return new Fact.NotSent(token, "The lease had ended before it was sent.");
        }
        var answer = studio.submit(order);
        brake.heedSubmission(lease.key(), answer);
        return factOf(token, answer);
    }

    private static Fact factOf(UUID token, Answer<Prediction> answer) {
        return switch (answer) {
            case Answer.Success<Prediction> success ->
                new Fact.Accepted(token, success.value().id());
            case Answer.Throttled<Prediction> throttled ->
                new Fact.NotSent(token, Symptom.THROTTLED, throttled.message());
            case Answer.Denied<Prediction> denied -> {
                var symptom = denied.denial() == Denial.CREDIT ? Symptom.UNPAID : Symptom.UNAUTHENTICATED;
                yield new Fact.NotSent(token, symptom, denied.message());
            }
            case Answer.NotSent<Prediction> notSent -> new Fact.NotSent(token, Symptom.UNREACHABLE, notSent.message());
            case Answer.Rejected<Prediction> rejected ->
                new Fact.Refused(token, LossReason.REFUSED, rejected.message());
            case Answer.Missing<Prediction> missing -> new Fact.Refused(token, LossReason.REFUSED, missing.message());
            case Answer.Ambiguous<Prediction> ambiguous -> {
                log.warn("Nobody knows whether attempt {} arrived: {}", token, ambiguous.message());
                yield new Fact.AnswerLost(token, ambiguous.message());
            }
        };
    }

    /** While a ledger that can't be read says nothing, nothing is sent. */
    private boolean mayBeSent(UUID takeId, UUID token) {
        try {
            var entry = ledger.find(takeId).block(TIMEOUT);
            return entry != null && entry.take().mayBeSent(token);
        } catch (RuntimeException e) {
            log.warn("Take {} is not sent, since the ledger can't be read", takeId, e);
            return false;
        }
    }

    /** Submissions that are on their way may still be answered. */
    @Override
    public void destroy() {
        threads.close();
    }
}
