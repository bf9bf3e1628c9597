package io.showreel.render.take;

import io.showreel.contracts.Topics;
import io.showreel.contracts.scene.SceneEvent;
import io.showreel.contracts.scene.SceneEvent.CutClosed;
import io.showreel.contracts.scene.SceneEvent.TakeLost;
import io.showreel.contracts.scene.SceneEvent.TakePhase;
import io.showreel.contracts.scene.SceneEvent.TakeProgressed;
import io.showreel.contracts.scene.SceneEvent.TakeRendered;
import io.showreel.contracts.scene.SceneEvent.TakeStarted;
import io.showreel.contracts.scene.SceneEvent.TakeUnverifiable;
import io.showreel.contracts.scene.SceneEvent.TakeWithdrawn;
import io.showreel.messaging.Message;
import io.showreel.messaging.Origin;
import io.showreel.messaging.Outbox;
import io.showreel.render.account.AccountSettings;
import io.showreel.render.take.Ledger.Closing;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tells the cuts that ask for a take what becomes of it. */
@Component
class Announcements {

    private final Outbox outbox;
    private final AccountSettings account;

    Announcements(Outbox outbox, AccountSettings account) {
        this.outbox = outbox;
        this.account = account;
    }

    Mono<Void> started(Wish wish, Entry entry, Attempt attempt) {
        return tell(
                wish,
                new TakeStarted(
                        wish.jobId(),
                        wish.cut(),
                        wish.takeId(),
                        wish.sceneId(),
                        entry.input().kind(),
                        attempt.predictionId() == null ? "" : attempt.predictionId(),
                        attempt.model(),
                        attempt.number()));
    }

    Mono<Void> unverifiable(Wish wish, Entry entry, Attempt attempt, String message) {
        return tell(
                wish,
                new TakeUnverifiable(
                        wish.jobId(),
                        wish.cut(),
                        wish.takeId(),
                        wish.sceneId(),
                        entry.input().kind(),
                        message,
                        attempt.price()));
    }

    Mono<Void> progressed(Wish wish, TakePhase phase, @Nullable Instant expectedAt) {
        return tell(
                wish,
                new TakeProgressed(wish.jobId(), wish.cut(), wish.takeId(), wish.sceneId(), phase, null, expectedAt));
    }

    Mono<Void> waiting(Wish wish, int place, @Nullable Instant expectedAt, @Nullable String hold) {
        return tell(
                wish,
                new TakeProgressed(
                        wish.jobId(),
                        wish.cut(),
                        wish.takeId(),
                        wish.sceneId(),
                        TakePhase.QUEUED,
                        place,
                        expectedAt,
                        hold));
    }

    Mono<Void> withdrawn(Wish wish, Entry entry) {
        var take = entry.take();
        return tell(
                wish,
                new TakeWithdrawn(
                        wish.jobId(),
                        wish.cut(),
                        wish.takeId(),
                        wish.sceneId(),
                        entry.input().kind(),
                        take.cost(),
                        take.predictions()));
    }

    Mono<Void> rendered(Wish wish, Entry entry, Take.Rendered take) {
        var predictionId = take.decisive().predictionId();
        return tell(
                wish,
                new TakeRendered(
                        wish.jobId(),
                        wish.cut(),
                        wish.takeId(),
                        wish.sceneId(),
                        entry.input().kind(),
                        predictionId == null ? "" : predictionId,
                        take.decisive().model(),
                        take.object(),
                        take.contentType(),
                        take.size(),
                        entry.input().length(),
                        take.cost(),
                        take.predictions(),
                        take.quality()));
    }

    Mono<Void> lost(Wish wish, Entry entry, Take.Lost take) {
        return tell(
                wish,
                new TakeLost(
                        wish.jobId(),
                        wish.cut(),
                        wish.takeId(),
                        wish.sceneId(),
                        entry.input().kind(),
                        take.reason(),
                        take.message(),
                        take.cost(),
                        take.predictions()));
    }

    Mono<Void> closed(long jobId, int cut, Closing closing) {
        return tell(
                jobId,
                closing.origin(),
                new CutClosed(
                        jobId,
                        cut,
                        closing.rendered(),
                        closing.lost(),
                        closing.withdrawn(),
                        closing.cost(),
                        closing.spent(),
                        boundOf(closing),
                        closing.actual()));
    }

    private @Nullable Duration boundOf(Closing closing) {
        return closing.took().isEmpty()
                ? null
                : Makespan.bound(closing.took(), account.delay(), account.maxConcurrency());
    }

    private Mono<Void> tell(Wish wish, SceneEvent event) {
        return tell(wish.jobId(), wish.origin(), event);
    }

    private Mono<Void> tell(long jobId, Origin origin, SceneEvent event) {
        return outbox.append(new Message(Topics.SCENE_EVENTS, String.valueOf(jobId), event))
                .contextWrite(origin.write());
    }
}
