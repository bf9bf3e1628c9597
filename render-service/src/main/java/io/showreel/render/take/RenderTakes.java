package io.showreel.render.take;

import io.showreel.contracts.scene.SceneEvent.TakePhase;
import io.showreel.contracts.scene.SceneRequest.CutRequested;
import io.showreel.contracts.scene.SceneRequest.CutWithdrawn;
import io.showreel.messaging.AfterCommit;
import io.showreel.messaging.LeasedWork;
import io.showreel.messaging.Origin;
import io.showreel.render.account.Accounts;
import io.showreel.render.model.ModelHealth;
import io.showreel.render.take.Ledger.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The only place where the decider, the ledger and what follows meet; each method is one transaction, or joins one. */
@Component
public class RenderTakes {

    private static final Logger log = LoggerFactory.getLogger(RenderTakes.class);

    private final Ledger ledger;
    private final Accounts accounts;
    private final ModelHealth models;
    private final LeasedWork work;
    private final Announcements announcements;
    private final Doorbell doorbell;
    private final TakeSettings settings;
    private final InstantSource clock;
    private final TransactionalOperator tx;

    RenderTakes(
            Ledger ledger,
            Accounts accounts,
            ModelHealth models,
            LeasedWork work,
            Announcements announcements,
            Doorbell doorbell,
            TakeSettings settings,
            InstantSource clock,
            TransactionalOperator tx) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.models = models;
        this.work = work;
        this.announcements = announcements;
        this.doorbell = doorbell;
        this.settings = settings;
        this.clock = clock;
        this.tx = tx;
    }

    /** Enters a cut and its takes; the same request again changes nothing. */
    public Mono<Void> request(CutRequested cut) {
        return Mono.deferContextual(context -> ledger.open(cut, Origin.in(context)))
                .flatMap(state -> enterAccount(cut.account())
                        .then(ledger.enter(cut))
                        .flatMap(entered ->
                                entered == cut.takes().size() && entered > 0 ? Mono.<Void>empty() : repeatOutcomes(cut))
                        .then(Mono.defer(() -> state.withdrawn() ? giveUp(cut.jobId(), cut.cut()) : Mono.empty())))
                .then(AfterCommit.run(() -> doorbell.ring(cut.account())))
                .as(tx::transactional);
    }

    private Mono<Void> enterAccount(String account) {
        return accounts.enter(account)
                .flatMap(
                        isNew -> isNew ? work.schedule(Queues.start(account), account, clock.instant()) : Mono.empty());
    }

    /** What other cuts were told before, this one is told now. */
    private Mono<Void> repeatOutcomes(CutRequested cut) {
        return ledger.openWishes(cut.jobId(), cut.cut())
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(wish -> ledger.lock(wish.takeId()).flatMap(entry -> repeat(wish, entry)))
                .then(close(cut.jobId(), cut.cut()));
    }

    private Mono<Void> repeat(Wish wish, Entry entry) {
        return switch (entry.take()) {
            case Take.Queued queued -> Mono.empty();
            case Take.Submitting submitting -> Mono.empty();
            case Take.Unknown unknown -> Mono.empty();
            case Take.Running running -> announcements.started(wish, entry, running.latest());
            case Take.Fetching fetching -> announcements.started(wish, entry, fetching.decisive());
            case Take.Unverifiable unverifiable ->
                announcements.unverifiable(wish, entry, unverifiable.latest(), unverifiable.message());
            case Take.Ended ended -> settle(wish, entry, ended);
        };
    }

    /** Ends what only this cut wants; a withdrawal that comes before its request is remembered. */
    public Mono<Void> withdraw(CutWithdrawn withdrawal) {
        return ledger.withdraw(withdrawal)
                .flatMap(state -> state.requested() && !state.closed()
                        ? giveUp(withdrawal.jobId(), withdrawal.cut())
                        : Mono.empty())
                .as(tx::transactional);
    }

    private Mono<Void> giveUp(long jobId, int cut) {
        return ledger.openWishes(jobId, cut)
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(wish -> ledger.isWantedByAnother(wish)
                        .flatMap(wanted -> wanted
                                ? leave(wish)
                                : record(wish.takeId(), new Fact.Unwanted()).then()))
                .then(close(jobId, cut));
    }

    private Mono<Void> leave(Wish wish) {
        return ledger.settle(wish, Outcome.WITHDRAWN)
                .then(ledger.find(wish.takeId()))
                .flatMap(entry -> announcements.withdrawn(wish, entry));
    }

    /** Lets a fact change the take, and writes down what follows; gives the take as it is then. */
    public Mono<Take> record(UUID takeId, Fact fact) {
        return ledger.lockOpenWishes(takeId)
                .collectList()
                .flatMap(wishes -> ledger.lock(takeId).flatMap(entry -> record(entry, fact, wishes)))
                .as(tx::transactional);
    }

    private Mono<Take> record(Entry entry, Fact fact, List<Wish> wishes) {
        var after = Take.evolve(entry.take(), fact);
        if (after.equals(entry.take())) {
            return Mono.just(after);
        }
        return ledger.save(entry, after)
                .then(judgeModel(entry, fact))
                .thenMany(Flux.fromIterable(Take.react(entry.take(), after)))
                .concatMap(effect -> perform(effect, entry.with(after), wishes))
                .then(Mono.defer(() -> tellCostsAfterTheEnd(entry, after)))
                .thenReturn(after);
    }

    /** A cut that was closed is told what a stray cost, once that is known. */
    private Mono<Void> tellCostsAfterTheEnd(Entry before, Take after) {
        var isLate = before.take() instanceof Take.Ended
                && after.attempts().stream()
                        .noneMatch(attempt -> attempt.stage().isInFlight());
        return isLate
                ? ledger.lastClosed(before.jobId())
                        .flatMap(closed -> announcements.closed(before.jobId(), closed.cut(), closed.closing()))
                : Mono.empty();
    }

    /** Whether a prediction ends well says something about its model, too. */
    private Mono<Void> judgeModel(Entry entry, Fact fact) {
        return switch (fact) {
            case Fact.Succeeded succeeded ->
                models.succeeded(
                        entry.account(), entry.attempt(succeeded.token()).model());
            case Fact.Failed failed ->
                failed.symptom().isOfTheModel()
                        ? models.failed(
                                entry.account(), entry.attempt(failed.token()).model(), clock.instant())
                        : Mono.empty();
            default -> Mono.empty();
        };
    }

    private Mono<Void> perform(Effect effect, Entry entry, List<Wish> wishes) {
        var key = entry.takeId().toString();
        var follow = Queues.follow(entry.account());
        var now = clock.instant();
        return switch (effect) {
            case Effect.Enqueue enqueue -> ledger.delay(entry.takeId(), settings.beforeResubmission(enqueue.delay()));
            case Effect.Guard guard -> work.schedule(follow, key, now.plus(settings.guardAfter()));
            case Effect.Reconcile reconcile -> work.schedule(follow, key, now.plus(settings.firstSweepAfter()));
            case Effect.Watch watch -> work.schedule(follow, key, now);
            case Effect.Fetch fetch -> work.schedule(follow, key, now);
            case Effect.Cancel cancel -> work.schedule(Queues.cancel(entry.account()), cancel.predictionId(), now);
            case Effect.LookBack back ->
                work.schedule(
                        Queues.lookBack(entry.account()),
                        back.attempt().token().toString(),
                        back.attempt().begunAt().plus(settings.lookBackAfter()));
            case Effect.TellStray stray -> Mono.fromRunnable(() -> tellStray(entry, stray.attempt()));
            case Effect.TellStarted started ->
                each(wishes, wish -> announcements.started(wish, entry, started.attempt()));
            case Effect.TellUnverifiable told ->
                each(wishes, wish -> announcements.unverifiable(wish, entry, told.attempt(), told.message()));
            case Effect.Settle settle ->
                each(wishes, wish -> settle(wish, entry, (Take.Ended) entry.take())
                        .then(close(wish.jobId(), wish.cut())));
        };
    }

    /** The provider broke its word: somebody has to know. */
    private static void tellStray(Entry entry, Attempt attempt) {
        log.error(
                "Prediction {} of attempt {} turned up after take {} had gone on without it; it is canceled, and counts"
                        + " as paid",
                attempt.predictionId(),
                attempt.token(),
                entry.takeId());
    }

    private static Mono<Void> each(List<Wish> wishes, Function<Wish, Mono<Void>> action) {
        return Flux.fromIterable(wishes).concatMap(action).then();
    }

    private Mono<Void> settle(Wish wish, Entry entry, Take.Ended ended) {
        return switch (ended) {
            case Take.Rendered rendered ->
                ledger.settle(wish, Outcome.RENDERED).then(announcements.rendered(wish, entry, rendered));
            case Take.Lost lost -> ledger.settle(wish, Outcome.LOST).then(announcements.lost(wish, entry, lost));
            case Take.Withdrawn withdrawn ->
                ledger.settle(wish, Outcome.WITHDRAWN).then(announcements.withdrawn(wish, entry));
        };
    }

    private Mono<Void> close(long jobId, int cut) {
        return Mono.defer(() -> ledger.closeIfComplete(jobId, cut))
                .flatMap(closing -> announcements.closed(jobId, cut, closing));
    }

    /** Tells where an unfinished take is. */
    public Mono<Void> progress(UUID takeId, TakePhase phase, @Nullable Instant expectedAt) {
        return ledger.openWishes(takeId)
                .collectList()
                .flatMap(wishes -> each(wishes, wish -> announcements.progressed(wish, phase, expectedAt)))
                .as(tx::transactional);
    }

    /** Tells many takes at once where they stand in the queue. */
    public Mono<Void> tellPlaces(List<News> news) {
        return Flux.fromIterable(news)
                .concatMap(take -> ledger.waitingWishes(take.takeId())
                        .concatMap(wish -> announcements.waiting(wish, take.place(), take.expectedAt(), take.hold())))
                .then()
                .as(tx::transactional);
    }

    /**
     * @param place 1 for the next to be submitted
     * @param expectedAt null while the account is on hold
     * @param hold why it is; null while it is not
     */
    public record News(
            UUID takeId,
            int place,
            @Nullable Instant expectedAt,
            @Nullable String hold) {}

    /** Lets a take that could not be prepared wait for its next turn. */
    public Mono<Void> delay(UUID takeId, Duration wait) {
        return ledger.delay(takeId, wait);
    }
}
