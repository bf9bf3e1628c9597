package io.showreel.system.simulation;

import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneEvent;
import io.showreel.contracts.scene.SceneRequest;
import io.showreel.contracts.scene.SceneRequest.RequestedTake;
import io.showreel.render.take.Effect;
import io.showreel.render.take.Fact;
import io.showreel.render.take.Take;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The ledger in memory around the real decider, and workers that die at any point of a submission. */
final class SimulatedRender {

    private static final Usd PRICE = Usd.of("0.4");
    private static final int SWEEPS_THAT_PROVE_ABSENCE = 3;

    private static final class Cut {
        boolean requested;
        boolean withdrawn;
        boolean closed;
        final Map<UUID, Wish> wishes = new LinkedHashMap<>();
    }

    private record CutKey(long jobId, int cut) {}

    private record Wish(CutKey cut, RequestedTake take) {}

    private record Entry(long jobId, RequestedTake first) {}

    private final Dice dice;
    private final Wire wire;
    private final SimulatedProvider provider;
    private final Instant now;
    private final Map<CutKey, Cut> cuts = new LinkedHashMap<>();
    private final Map<UUID, Take> takes = new LinkedHashMap<>();
    private final Map<UUID, Entry> entries = new LinkedHashMap<>();
    private final Map<CutKey, Map<UUID, String>> outcomes = new LinkedHashMap<>();

    SimulatedRender(Dice dice, Wire wire, SimulatedProvider provider, Instant now) {
        this.dice = dice;
        this.wire = wire;
        this.provider = provider;
        this.now = now;
        wire.subscribe("render", SceneRequest.TOPIC, message -> on((SceneRequest) message));
    }

    private void on(SceneRequest request) {
        switch (request) {
            case SceneRequest.CutRequested requested -> request(requested);
            case SceneRequest.CutWithdrawn withdrawn -> withdraw(new CutKey(withdrawn.jobId(), withdrawn.cut()));
            case SceneRequest.TakeResolved resolved -> record(resolved.takeId(), new Fact.Resolved(resolved.paid()));
            case SceneRequest.RenditionRequested rendition -> {}
            case SceneRequest.TestTakeRequested trial -> throw new AssertionError("Nobody asks for trials here");
            case SceneRequest.Unrecognised unrecognised -> throw new AssertionError("Everything is known here");
        }
    }

    private void request(SceneRequest.CutRequested request) {
        var key = new CutKey(request.jobId(), request.cut());
        var cut = cuts.computeIfAbsent(key, unknown -> new Cut());
        if (cut.requested) {
            return;
        }
        cut.requested = true;
        outcomes.put(key, new LinkedHashMap<>());
        for (var take : request.takes()) {
            cut.wishes.put(take.takeId(), new Wish(key, take));
            takes.putIfAbsent(take.takeId(), Take.requested());
            entries.putIfAbsent(take.takeId(), new Entry(request.jobId(), take));
            if (takes.get(take.takeId()) instanceof Take.Ended ended) {
                settle(new Wish(key, take), ended);
            }
        }
        if (cut.withdrawn) {
            giveUp(key);
        }
        closeIfComplete(key);
    }

    private void withdraw(CutKey key) {
        var cut = cuts.computeIfAbsent(key, unknown -> new Cut());
        cut.withdrawn = true;
        if (cut.requested && !cut.closed) {
            giveUp(key);
        }
    }

    private void giveUp(CutKey key) {
        for (var wish : open(key)) {
            boolean wantedElsewhere = wishes(wish.take().takeId()).stream()
                    .anyMatch(other -> !other.cut().equals(key) && !cuts.get(other.cut()).withdrawn);
            if (wantedElsewhere) {
                tell(wish, "withdrawn", withdrawn(wish, takes.get(wish.take().takeId())));
            } else {
                record(wish.take().takeId(), new Fact.Unwanted());
            }
        }
        closeIfComplete(key);
    }

    void record(UUID takeId, Fact fact) {
        var before = takes.get(takeId);
        var after = Take.evolve(before, fact);
        takes.put(takeId, after);
        for (var effect : Take.react(before, after)) {
            perform(effect, takeId, after);
        }
    }

    private void perform(Effect effect, UUID takeId, Take take) {
        switch (effect) {
            case Effect.Cancel cancel -> provider.cancel(cancel.predictionId());
            case Effect.TellStarted started ->
                wishes(takeId)
                        .forEach(wish -> publish(new SceneEvent.TakeStarted(
                                wish.cut().jobId(),
                                wish.cut().cut(),
                                takeId,
                                wish.take().sceneId(),
                                wish.take().input().kind(),
                                String.valueOf(started.attempt().predictionId()),
                                started.attempt().model(),
                                started.attempt().number())));
            case Effect.TellUnverifiable told ->
                wishes(takeId)
                        .forEach(wish -> publish(new SceneEvent.TakeUnverifiable(
                                wish.cut().jobId(),
                                wish.cut().cut(),
                                takeId,
                                wish.take().sceneId(),
                                wish.take().input().kind(),
                                told.message(),
                                told.attempt().price())));
            case Effect.Settle settle ->
                wishes(takeId).forEach(wish -> {
                    settle(wish, (Take.Ended) take);
                    closeIfComplete(wish.cut());
                });
            // The workers look at every take at any time anyway.
            case Effect.Enqueue later -> {}
            case Effect.Guard later -> {}
            case Effect.Reconcile later -> {}
            case Effect.Watch later -> {}
            case Effect.Fetch later -> {}
            case Effect.LookBack later -> {}
            case Effect.TellStray stray -> throw new AssertionError("Only what never arrived is proven absent here");
        }
    }

    private void settle(Wish wish, Take.Ended ended) {
        var job = wish.cut().jobId();
        var cut = wish.cut().cut();
        var take = wish.take();
        var kind = take.input().kind();
        switch (ended) {
            case Take.Rendered rendered ->
                tell(
                        wish,
                        "rendered",
                        new SceneEvent.TakeRendered(
                                job,
                                cut,
                                take.takeId(),
                                take.sceneId(),
                                kind,
                                String.valueOf(rendered.latest().predictionId()),
                                rendered.latest().model(),
                                rendered.object(),
                                rendered.contentType(),
                                rendered.size(),
                                Duration.ofSeconds(4),
                                rendered.cost(),
                                rendered.predictions()));
            case Take.Lost lost ->
                tell(
                        wish,
                        "lost",
                        new SceneEvent.TakeLost(
                                job,
                                cut,
                                take.takeId(),
                                take.sceneId(),
                                kind,
                                lost.reason(),
                                lost.message(),
                                lost.cost(),
                                lost.predictions()));
            case Take.Withdrawn withdrawn -> tell(wish, "withdrawn", withdrawn(wish, withdrawn));
        }
    }

    private static SceneEvent withdrawn(Wish wish, Take take) {
        return new SceneEvent.TakeWithdrawn(
                wish.cut().jobId(),
                wish.cut().cut(),
                wish.take().takeId(),
                wish.take().sceneId(),
                wish.take().input().kind(),
                take.cost(),
                take.predictions());
    }

    private void tell(Wish wish, String outcome, SceneEvent event) {
        outcomes.get(wish.cut()).put(wish.take().takeId(), outcome);
        publish(event);
    }

    private void closeIfComplete(CutKey key) {
        var cut = cuts.get(key);
        if (cut.closed || !cut.requested || !open(key).isEmpty()) {
            return;
        }
        cut.closed = true;
        var told = outcomes.get(key).values();
        publish(new SceneEvent.CutClosed(
                key.jobId(),
                key.cut(),
                (int) told.stream().filter("rendered"::equals).count(),
                (int) told.stream().filter("lost"::equals).count(),
                (int) told.stream().filter("withdrawn"::equals).count(),
                Usd.ZERO,
                spent(key.jobId())));
    }

    Usd spent(long jobId) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().jobId() == jobId)
                .map(entry -> takes.get(entry.getKey()).cost())
                .reduce(Usd.ZERO, Usd::plus);
    }

    private List<Wish> open(CutKey key) {
        return cuts.get(key).wishes.values().stream()
                .filter(wish -> !outcomes.get(key).containsKey(wish.take().takeId()))
                .toList();
    }

    private List<Wish> wishes(UUID takeId) {
        return cuts.keySet().stream()
                .filter(key -> cuts.get(key).requested)
                .flatMap(key -> open(key).stream())
                .filter(wish -> wish.take().takeId().equals(takeId))
                .toList();
    }

    private void publish(SceneEvent event) {
        long job =
                switch (event) {
                    case SceneEvent.TakeStarted e -> e.jobId();
                    case SceneEvent.TakeProgressed e -> e.jobId();
                    case SceneEvent.TakeRendered e -> e.jobId();
                    case SceneEvent.TakeLost e -> e.jobId();
                    case SceneEvent.TakeWithdrawn e -> e.jobId();
                    case SceneEvent.TakeUnverifiable e -> e.jobId();
                    case SceneEvent.CutClosed e -> e.jobId();
                    case SceneEvent.Unrecognised e -> throw new AssertionError("Never written");
                };
        wire.publish(SceneEvent.TOPIC, job, event);
    }

    /** One step of some worker. @return whether there was anything to do */
    boolean work() {
        var unfinished = takes.entrySet().stream()
                .filter(entry -> !(entry.getValue() instanceof Take.Ended))
                .toList();
        if (unfinished.isEmpty()) {
            return false;
        }
        var chosen = dice.pick(unfinished);
        work(chosen.getKey(), chosen.getValue());
        if (dice.oneIn(10)) {
            hearAnEarlierWebhookAgain(chosen.getKey());
        }
        return true;
    }

    private void work(UUID takeId, Take take) {
        switch (take) {
            case Take.Queued queued -> {
                if (dice.oneIn(60)) {
                    record(takeId, new Fact.CapReached("The cap leaves no room."));
                } else {
                    record(takeId, new Fact.Begun(queued.next(dice.id(), "google/veo-3.1-fast", PRICE, now)));
                }
            }
            case Take.Submitting submitting ->
                submit(takeId, submitting.latest().token());
            case Take.Unknown unknown -> reconcile(takeId, unknown);
            case Take.Running running ->
                look(takeId, provider.get(running.latest().predictionId()));
            case Take.Fetching fetching ->
                record(
                        takeId,
                        dice.oneIn(40)
                                ? new Fact.Unusable(fetching.output(), "Not a film.")
                                : new Fact.Kept(URI.create("s3://b/takes/" + takeId), "video/mp4", 1));
            case Take.Unverifiable unverifiable ->
                record(
                        takeId,
                        new Fact.Resolved(
                                provider.withToken(unverifiable.latest().token())
                                        .isPresent()));
            case Take.Ended ended -> throw new AssertionError("Nothing is left to do for " + ended);
        }
    }

    private void submit(UUID takeId, UUID token) {
        switch (dice.upTo(8)) {
            case 0 -> record(takeId, new Fact.NotSent(token, "429"));
            case 1 -> record(takeId, new Fact.AnswerLost(token, "the sender died before it sent"));
            case 2 -> {
                provider.create(takeId, token);
                record(takeId, new Fact.AnswerLost(token, "504"));
            }
            case 3 -> {
                if (dice.oneIn(4)) {
                    record(takeId, new Fact.Refused(token, SceneEvent.LossReason.REFUSED, "422"));
                } else {
                    // The sender dies after sending; whoever inherits its work finds the attempt unanswered.
                    provider.create(takeId, token);
                    record(takeId, new Fact.AnswerLost(token, "the sender died"));
                }
            }
            default -> record(takeId, new Fact.Accepted(token, provider.create(takeId, token).id));
        }
    }

    private void reconcile(UUID takeId, Take.Unknown take) {
        var token = take.latest().token();
        var found = provider.withToken(token);
        if (dice.oneIn(30)) {
            record(takeId, new Fact.BeyondProof(token, "too late to tell"));
        } else if (found.isPresent()) {
            record(takeId, new Fact.Accepted(token, found.get().id));
        } else if (take.latest().sweeps() < SWEEPS_THAT_PROVE_ABSENCE) {
            record(takeId, new Fact.NotListed(token));
        } else {
            record(takeId, new Fact.ProvenAbsent(token));
        }
    }

    private void look(UUID takeId, SimulatedProvider.Prediction prediction) {
        switch (prediction.status) {
            case RUNNING -> {}
            case SUCCEEDED ->
                record(
                        takeId,
                        new Fact.Succeeded(prediction.token, prediction.id, URI.create("https://d/" + prediction.id)));
            case FAILED ->
                record(takeId, new Fact.Failed(prediction.token, prediction.id, prediction.symptom, "failed"));
            case CANCELED -> record(takeId, new Fact.Stopped(prediction.token, prediction.id, true, "canceled"));
        }
    }

    /** Webhooks repeat themselves, come late and in any order. */
    private void hearAnEarlierWebhookAgain(UUID takeId) {
        var heard = new ArrayList<>(provider.of(takeId));
        heard.removeIf(prediction -> !prediction.status.isTerminal());
        if (!heard.isEmpty()) {
            look(takeId, dice.pick(heard));
        }
    }

    Map<UUID, Take> takes() {
        return takes;
    }

    boolean everyRequestedCutIsClosed() {
        return cuts.values().stream().allMatch(cut -> cut.closed || !cut.requested);
    }
}
