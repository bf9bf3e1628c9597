package io.showreel.render.take;

import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneEvent.LossReason;
import io.showreel.contracts.scene.SceneEvent.Quality;
import io.showreel.render.take.Attempt.Stage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One paid input on its way to a file. At most one prediction of it succeeds, and a further one is only submitted after
 * the former is known to have failed, or never to have existed.
 *
 * <pre>
 * Queued       => Submitting    an attempt went on record; only now may it be sent
 * Queued       => Lost          the spending cap leaves no room, or the input suits no model
 * Queued       => Withdrawn     nobody wants it any more
 * Queued       => Running       an attempt that was thought absent turned up after all
 * Queued       => Fetching      one of them succeeded
 * Submitting   => Running       the provider accepted it
 * Submitting   => Queued        it was not sent (Withdrawn, when nobody wants it any more)
 * Submitting   => Lost          the provider refused it
 * Submitting   => Unknown       its answer was lost, or its sender died
 * Unknown      => Running       it was found at the provider, or its webhook came
 * Unknown      => Queued        it is proven absent (Withdrawn when unwanted; Lost after too many)
 * Unknown      => Unverifiable  its absence can't be proven any more (Lost when unwanted)
 * Running      => Fetching      it succeeded; so may one that is Submitting, Unknown or Unverifiable
 * any of these => Fetching      an earlier attempt turns out to have succeeded, once it is known whether the latest one
 *                               runs; that is a stray then
 * Running      => Queued        it failed of something that permits another attempt (Withdrawn when unwanted)
 * Running      => Lost          it failed of something that doesn't, or was stopped (Withdrawn when unwanted)
 * Running      => Unverifiable  the provider doesn't know it any more
 * Fetching     => Rendered      its output is in our object store
 * Fetching     => Fetching      its output is not to be had, but that of another attempt may be
 * Fetching     => Lost          its output is not to be had (Withdrawn when unwanted; it is paid all the same)
 * Unverifiable => Running       it turned up after all
 * Unverifiable => Queued        a person said that it was not paid, or it turns out to have failed
 * Unverifiable => Lost          a person said that it was paid, or nobody wants it any more
 * </pre>
 *
 * Rendered, Lost and Withdrawn are ends. Anything that is not in this table, such as a fact for the second time, changes
 * nothing. An attempt that the take went on without may still turn up, also after the end: that changes the attempt, so
 * that what it costs is on record, and if it succeeded before the end, the take fetches what it made.
 *
 * <p>Each state has somebody who moves it on, and a time by which it ends:
 *
 * <pre>
 * Queued        the account's pacer     the job's clock (24 hours): its withdrawal
 * Submitting    its sender              {@link TakeSettings#guardAfter}: Unknown
 * Unknown       the sweeps of the list  50 minutes after the attempt: Unverifiable
 * Running       polls and webhooks      its deadline, at which it is canceled, and 2 hours: Unverifiable
 * Fetching      the copying             the hour for which the provider keeps it: Lost
 * Unverifiable  a person                the job's clock: its withdrawal, which counts it as paid
 * a stray       the canceling           its deadline and 2 hours: written off, which counts it as paid
 * </pre>
 */
public sealed interface Take {

    /** All attempts in order, the latest last. */
    List<Attempt> attempts();

    /** Waits for its turn, at first or again. */
    record Queued(List<Attempt> attempts) implements Take {
        public Queued {
            attempts = List.copyOf(attempts);
        }

        /** Whether an earlier attempt turned up and has not ended yet: it may still succeed, so nothing else may begin. */
        public boolean hasStray() {
            return attempts.stream().anyMatch(attempt -> attempt.stage() == Stage.STRAY);
        }

        /** The attempt that may be put on record next, and why it is made if it is not the first. */
        public Attempt next(UUID token, String model, Usd price, Instant now) {
            var reason = attempts.isEmpty() ? null : reasonAfter(attempts.getLast());
            return Attempt.begin(token, attempts.size() + 1, model, price, now, reason);
        }

        /** The decision to submit it again, for whoever reads the ledger. */
        private String reasonAfter(Attempt last) {
            var symptom = last.symptom();
            var what = symptom == null
                    ? last.stage().name()
                    : "%s (%s)".formatted(symptom, symptom.policy().sentence());
            return last.message() == null ? what : what + ": " + last.message();
        }
    }

    /** The latest attempt is with the provider, or may be. */
    sealed interface InFlight extends Take {
        /** Whether every cut that asked for the take was withdrawn. */
        boolean unwanted();
    }

    record Submitting(List<Attempt> attempts, boolean unwanted) implements InFlight {
        public Submitting {
            attempts = List.copyOf(attempts);
        }
    }

    record Unknown(List<Attempt> attempts, boolean unwanted) implements InFlight {
        public Unknown {
            attempts = List.copyOf(attempts);
        }
    }

    record Running(List<Attempt> attempts, boolean unwanted) implements InFlight {
        public Running {
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * Paid, and its output waits to be copied.
     *
     * @param unwanted whether every cut that asked for the take was withdrawn: its output is worth one more try, but
     *     no waiting
     */
    record Fetching(List<Attempt> attempts, URI output, boolean unwanted) implements Take {
        public Fetching {
            attempts = List.copyOf(attempts);
        }
    }

    /** A person has to say whether the latest attempt was paid. */
    record Unverifiable(List<Attempt> attempts, String message) implements Take {
        public Unverifiable {
            attempts = List.copyOf(attempts);
        }
    }

    /** Ended for good. */
    sealed interface Ended extends Take {}

    /** @param quality what was seen of a clip on its arrival; null for sound, and when it could not be looked at */
    record Rendered(
            List<Attempt> attempts,
            URI object,
            String contentType,
            long size,
            @Nullable Quality quality) implements Ended {
        public Rendered {
            attempts = List.copyOf(attempts);
        }
    }

    record Lost(List<Attempt> attempts, LossReason reason, String message) implements Ended {
        public Lost {
            attempts = List.copyOf(attempts);
        }
    }

    record Withdrawn(List<Attempt> attempts) implements Ended {
        public Withdrawn {
            attempts = List.copyOf(attempts);
        }
    }

    /** However its predictions fail: a take that meets every kind of trouble is not worth more. */
    int MOST_FAILURES = 10;

    String NO_OUTPUT = "There is no output to be fetched.";

    static Take requested() {
        return new Queued(List.of());
    }

    /** Whether the attempt still waits to be sent: to be asked last, as much may have happened since it went on record. */
    default boolean mayBeSent(UUID token) {
        return this instanceof Submitting submitting
                && !submitting.unwanted()
                && submitting.latest().token().equals(token)
                && attempts().stream().noneMatch(Attempt::turnedUp);
    }

    /** All attempts together, what is only reserved included. */
    default Usd cost() {
        return attempts().stream().map(Attempt::cost).reduce(Usd.ZERO, Usd::plus);
    }

    /** How many predictions were made of it, or may have been. */
    default int predictions() {
        return (int) attempts().stream().filter(Attempt::isPrediction).count();
    }

    /** @throws java.util.NoSuchElementException if nothing was attempted yet */
    default Attempt latest() {
        return attempts().getLast();
    }

    /** The attempt that counts: the one that succeeded, with an output if there is one, else the latest. */
    default Attempt decisive() {
        return succeeded().orElseGet(this::latest);
    }

    private Optional<Attempt> succeeded() {
        return attempts().stream()
                .filter(attempt -> attempt.stage() == Stage.SUCCEEDED)
                .min(Comparator.comparing(attempt -> attempt.output() == null));
    }

    private boolean isAbout(Fact.OfAttempt fact) {
        return !attempts().isEmpty() && latest().token().equals(fact.token()) && latest().stage() != Stage.STRAY;
    }

    static Take evolve(Take take, Fact fact) {
        return fetchingWhatSucceeded(take, change(take, fact));
    }

    private static Take change(Take take, Fact fact) {
        if (fact instanceof Fact.OfAttempt known && !take.isAbout(known)) {
            return heardOfLate(take, known);
        }
        return switch (take) {
            case Queued queued -> whileQueued(queued, fact);
            case Submitting submitting -> whileUnanswered(submitting, fact);
            case Unknown unknown -> whileUnanswered(unknown, fact);
            case Running running -> whileRunning(running, fact);
            case Fetching fetching -> whileFetching(fetching, fact);
            case Unverifiable unverifiable -> whileUnverifiable(unverifiable, fact);
            case Ended ended -> fact instanceof Fact.OfAttempt late ? heardOfLate(ended, late) : ended;
        };
    }

    /** What is known of an attempt that the take has gone on without. */
    private static Take heardOfLate(Take take, Fact.OfAttempt fact) {
        var attempts = take.attempts().stream()
                .map(attempt -> attempt.token().equals(fact.token()) ? attempt.heardOfLate(fact) : attempt)
                .toList();
        return attempts.equals(take.attempts()) ? take : take.with(attempts);
    }

    /** Whichever attempt succeeded: nothing is paid for the same once more, and what came after it is stopped. */
    private static Take fetchingWhatSucceeded(Take before, Take after) {
        var output = after.attempts().stream()
                .map(Attempt::output)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (before instanceof Ended) {
            return after;
        }
        if (output == null) {
            return after instanceof Queued && after.succeeded().isPresent()
                    ? new Lost(after.attempts(), LossReason.UNUSABLE_OUTPUT, NO_OUTPUT)
                    : after;
        }
        return switch (after) {
            case Queued queued -> new Fetching(queued.attempts(), output, false);
            case Running running ->
                new Fetching(latest(running, running.latest().in(Stage.STRAY)), output, running.unwanted());
            case Unverifiable unverifiable ->
                new Fetching(latest(unverifiable, unverifiable.latest().in(Stage.WRITTEN_OFF)), output, false);
            case Lost lost -> new Fetching(lost.attempts(), output, before.isUnwanted());
            case Withdrawn withdrawn -> new Fetching(withdrawn.attempts(), output, true);
            // On its way, or perhaps: that has to be known first.
            case Submitting submitting -> submitting;
            case Unknown unknown -> unknown;
            case Fetching fetching -> fetching;
            case Rendered rendered -> rendered;
        };
    }

    private boolean isUnwanted() {
        return switch (this) {
            case InFlight inFlight -> inFlight.unwanted();
            case Fetching fetching -> fetching.unwanted();
            case Queued queued -> false;
            case Unverifiable unverifiable -> false;
            case Ended ended -> false;
        };
    }

    private Take with(List<Attempt> attempts) {
        return switch (this) {
            case Queued queued -> new Queued(attempts);
            case Submitting submitting -> new Submitting(attempts, submitting.unwanted());
            case Unknown unknown -> new Unknown(attempts, unknown.unwanted());
            case Running running -> new Running(attempts, running.unwanted());
            case Fetching fetching -> new Fetching(attempts, fetching.output(), fetching.unwanted());
            case Unverifiable unverifiable -> new Unverifiable(attempts, unverifiable.message());
            case Rendered rendered ->
                new Rendered(attempts, rendered.object(), rendered.contentType(), rendered.size(), rendered.quality());
            case Lost lost -> new Lost(attempts, lost.reason(), lost.message());
            case Withdrawn withdrawn -> new Withdrawn(attempts);
        };
    }

    private static Take whileQueued(Queued take, Fact fact) {
        return switch (fact) {
            case Fact.Begun begun -> take.hasStray() ? take : new Submitting(with(take, begun.attempt()), false);
            case Fact.CapReached reached -> new Lost(take.attempts(), LossReason.CAP_REACHED, reached.message());
            case Fact.Unsuitable unsuitable -> new Lost(take.attempts(), LossReason.REFUSED, unsuitable.message());
            case Fact.Unwanted unwanted -> new Withdrawn(take.attempts());
            case Fact.Accepted accepted -> wasThoughtAbsent(take) ? running(take, accepted, false) : take;
            case Fact.Succeeded succeeded -> wasThoughtAbsent(take) ? succeeded(take, succeeded, false) : take;
            case Fact.Failed failed -> take;
            case Fact.Stopped stopped -> take;
            case Fact.NotSent notSent -> take;
            case Fact.Refused refused -> take;
            case Fact.AnswerLost lost -> take;
            case Fact.StopAsked asked -> take;
            case Fact.NotListed notListed -> take;
            case Fact.ProvenAbsent absent -> take;
            case Fact.BeyondProof beyond -> take;
            case Fact.Kept kept -> take;
            case Fact.Unusable unusable -> take;
            case Fact.Resolved resolved -> take;
        };
    }

    private static Take whileUnanswered(InFlight take, Fact fact) {
        return switch (fact) {
            case Fact.Accepted accepted -> running(take, accepted, take.unwanted());
            case Fact.Succeeded succeeded -> succeeded(take, succeeded, take.unwanted());
            case Fact.Failed failed -> failed(take, failed, take.unwanted());
            case Fact.Stopped stopped -> stopped(take, stopped);
            case Fact.NotSent notSent ->
                again(
                        take,
                        take.latest().in(Stage.NOT_SENT).because(notSent.symptom(), notSent.message()),
                        take.unwanted());
            case Fact.Refused refused ->
                new Lost(
                        latest(take, take.latest().in(Stage.REFUSED).because(Symptom.INVALID, refused.message())),
                        refused.reason(),
                        refused.message());
            case Fact.AnswerLost lost -> take instanceof Submitting ? answerLost(take, lost) : take;
            case Fact.StopAsked asked -> take;
            case Fact.NotListed notListed ->
                take instanceof Unknown
                        ? new Unknown(latest(take, take.latest().sweptOnceMore()), take.unwanted())
                        : take;
            case Fact.ProvenAbsent absent -> take instanceof Unknown ? absent(take) : take;
            case Fact.BeyondProof beyond -> take instanceof Unknown ? beyondProof(take, beyond) : take;
            case Fact.Unwanted unwanted ->
                take instanceof Unknown ? new Unknown(take.attempts(), true) : new Submitting(take.attempts(), true);
            case Fact.Begun begun -> take;
            case Fact.CapReached reached -> take;
            case Fact.Unsuitable unsuitable -> take;
            case Fact.Kept kept -> take;
            case Fact.Unusable unusable -> take;
            case Fact.Resolved resolved -> take;
        };
    }

    private static Take whileRunning(Running take, Fact fact) {
        return switch (fact) {
            case Fact.Succeeded succeeded -> succeeded(take, succeeded, take.unwanted());
            case Fact.Failed failed -> failed(take, failed, take.unwanted());
            case Fact.Stopped stopped -> stopped(take, stopped);
            case Fact.BeyondProof beyond -> beyondProof(take, beyond);
            case Fact.Unwanted unwanted -> new Running(take.attempts(), true);
            case Fact.Accepted accepted -> take;
            case Fact.NotSent notSent -> take;
            case Fact.Refused refused -> take;
            case Fact.AnswerLost lost -> take;
            case Fact.StopAsked asked ->
                new Running(
                        latest(take, take.latest().because(Symptom.STOPPED, "It went on after its deadline.")),
                        take.unwanted());
            case Fact.NotListed notListed -> take;
            case Fact.ProvenAbsent absent -> take;
            case Fact.Begun begun -> take;
            case Fact.CapReached reached -> take;
            case Fact.Unsuitable unsuitable -> take;
            case Fact.Kept kept -> take;
            case Fact.Unusable unusable -> take;
            case Fact.Resolved resolved -> take;
        };
    }

    private static Take whileFetching(Fetching take, Fact fact) {
        return switch (fact) {
            case Fact.Kept kept ->
                new Rendered(take.attempts(), kept.object(), kept.contentType(), kept.size(), kept.quality());
            case Fact.Unusable unusable -> unusable.output().equals(take.output()) ? unusable(take, unusable) : take;
            case Fact.Unwanted unwanted -> new Fetching(take.attempts(), take.output(), true);
            case Fact.OfAttempt known -> take;
            case Fact.Begun begun -> take;
            case Fact.CapReached reached -> take;
            case Fact.Unsuitable unsuitable -> take;
            case Fact.Resolved resolved -> take;
        };
    }

    private static Take whileUnverifiable(Unverifiable take, Fact fact) {
        return switch (fact) {
            case Fact.Accepted accepted -> running(take, accepted, false);
            case Fact.Succeeded succeeded -> succeeded(take, succeeded, false);
            case Fact.Resolved resolved ->
                resolved.paid()
                        ? writtenOff(take, "A person said that it was paid.")
                        : new Queued(latest(take, take.latest().in(Stage.ABSENT).because(null, "a person said so")));
            case Fact.Unwanted unwanted -> writtenOff(take, "Withdrawn while it could not be verified.");
            case Fact.Failed failed -> failed(take, failed, false);
            case Fact.Stopped stopped -> again(take, take.latest().stopped(stopped), false);
            case Fact.NotSent notSent -> take;
            case Fact.Refused refused -> take;
            case Fact.AnswerLost lost -> take;
            case Fact.StopAsked asked -> take;
            case Fact.NotListed notListed -> take;
            case Fact.ProvenAbsent absent -> take;
            case Fact.BeyondProof beyond -> take;
            case Fact.Begun begun -> take;
            case Fact.CapReached reached -> take;
            case Fact.Unsuitable unsuitable -> take;
            case Fact.Kept kept -> take;
            case Fact.Unusable unusable -> take;
        };
    }

    private static Take unusable(Fetching take, Fact.Unusable fact) {
        var attempts = take.attempts().stream()
                .map(attempt -> fact.output().equals(attempt.output()) ? attempt.offering(null) : attempt)
                .toList();
        return take.unwanted()
                ? new Withdrawn(attempts)
                : new Lost(attempts, LossReason.UNUSABLE_OUTPUT, fact.message());
    }

    private static boolean wasThoughtAbsent(Take take) {
        var stage = take.latest().stage();
        return stage == Stage.ABSENT || stage == Stage.NOT_SENT;
    }

    private static Take running(Take take, Fact.Accepted accepted, boolean unwanted) {
        return new Running(latest(take, found(take, Stage.RUNNING, accepted.predictionId())), unwanted);
    }

    /** What it was thought to have died of is none of its symptoms any more. */
    private static Attempt found(Take take, Stage stage, String predictionId) {
        var latest = take.latest();
        return latest.in(stage).as(predictionId).because(null, latest.message());
    }

    private static Take succeeded(Take take, Fact.Succeeded succeeded, boolean unwanted) {
        var attempt = found(take, Stage.SUCCEEDED, succeeded.predictionId())
                .within(succeeded.took())
                .offering(succeeded.output());
        var attempts = latest(take, attempt);
        return succeeded.output() == null
                ? new Lost(attempts, LossReason.UNUSABLE_OUTPUT, NO_OUTPUT)
                : new Fetching(attempts, succeeded.output(), unwanted);
    }

    private static Take failed(Take take, Fact.Failed failed, boolean unwanted) {
        var ended = take.latest().in(Stage.FAILED).as(failed.predictionId());
        // What we stopped is reported as an accident, too.
        var isOurDoing = failed.symptom() == Symptom.TRANSIENT && take.latest().symptom() == Symptom.STOPPED;
        return again(take, ended.because(isOurDoing ? Symptom.STOPPED : failed.symptom(), failed.message()), unwanted);
    }

    private static Take stopped(InFlight take, Fact.Stopped fact) {
        var stopped = take.latest().stopped(fact);
        return take.unwanted() ? new Withdrawn(latest(take, stopped)) : again(take, stopped, false);
    }

    private static Take answerLost(InFlight take, Fact.AnswerLost lost) {
        return new Unknown(
                latest(take, take.latest().in(Stage.UNKNOWN).because(Symptom.AMBIGUOUS, lost.message())),
                take.unwanted());
    }

    private static Take absent(InFlight take) {
        var absent = take.latest().in(Stage.ABSENT).because(Symptom.ABSENT, "it never arrived");
        return again(take, absent, take.unwanted());
    }

    private static Take beyondProof(InFlight take, Fact.BeyondProof beyond) {
        var unverifiable = new Unverifiable(
                latest(take, take.latest().in(Stage.UNVERIFIABLE).because(beyond.symptom(), beyond.message())),
                beyond.message());
        return take.unwanted() ? evolve(unverifiable, new Fact.Unwanted()) : unverifiable;
    }

    private static Take writtenOff(Unverifiable take, String message) {
        return new Lost(latest(take, take.latest().in(Stage.WRITTEN_OFF)), LossReason.WRITTEN_OFF, message);
    }

    /** Waits for another attempt if the symptom permits one, and if anybody still wants it. */
    private static Take again(Take take, Attempt ended, boolean unwanted) {
        var attempts = latest(take, ended);
        var symptom = ended.symptom();
        if (symptom != null && waitAfter(attempts, symptom) == null) {
            return new Lost(attempts, symptom.lossReason(), messageOf(ended));
        }
        return unwanted ? new Withdrawn(attempts) : new Queued(attempts);
    }

    private static @Nullable Duration waitAfter(List<Attempt> attempts, Symptom symptom) {
        if (symptom.policy().isEndless()) {
            return Duration.ZERO;
        }
        return failures(attempts) > MOST_FAILURES
                ? null
                : symptom.policy().after(failuresOf(symptom, attempts)).orElse(null);
    }

    private static int failuresOf(Symptom symptom, List<Attempt> attempts) {
        return (int) attempts.stream()
                .filter(attempt -> attempt.symptom() == symptom)
                .count();
    }

    private static int failures(List<Attempt> attempts) {
        return (int) attempts.stream()
                .map(Attempt::symptom)
                .filter(symptom -> symptom != null && !symptom.policy().isEndless())
                .count();
    }

    private static String messageOf(Attempt attempt) {
        return attempt.message() == null ? "" : attempt.message();
    }

    private static List<Attempt> with(Take take, Attempt attempt) {
        var attempts = new ArrayList<>(take.attempts());
        attempts.add(attempt);
        return attempts;
    }

    private static List<Attempt> latest(Take take, Attempt attempt) {
        var attempts = new ArrayList<>(take.attempts());
        attempts.set(attempts.size() - 1, attempt);
        return attempts;
    }

    /** What follows from a change; nothing, if there was none. */
    static List<Effect> react(Take before, Take after) {
        if (before.equals(after)) {
            return List.of();
        }
        var effects = new ArrayList<Effect>();
        var entered = !before.getClass().equals(after.getClass());
        switch (after) {
            case Queued queued -> {
                addIf(entered, effects, new Effect.Enqueue(waitBefore(queued)));
                if (before instanceof Unverifiable doubted
                        && doubted.latest().predictionId() != null
                        && queued.latest().stage() == Stage.ABSENT) {
                    // Who said that it was not paid may be wrong.
                    effects.add(new Effect.Cancel(doubted.latest().predictionId()));
                }
            }
            case Submitting submitting -> addIf(entered, effects, new Effect.Guard());
            case Unknown unknown -> addIf(entered, effects, new Effect.Reconcile());
            case Running running -> {
                addIf(entered, effects, new Effect.TellStarted(running.latest()));
                addIf(entered, effects, new Effect.Watch());
                var predictionId = running.latest().predictionId();
                if (running.unwanted() && predictionId != null) {
                    effects.add(new Effect.Cancel(predictionId));
                }
            }
            case Fetching fetching -> {
                addIf(entered && !(before instanceof Running), effects, new Effect.TellStarted(fetching.decisive()));
                effects.add(new Effect.Fetch());
            }
            case Unverifiable unverifiable ->
                addIf(entered, effects, new Effect.TellUnverifiable(unverifiable.latest(), unverifiable.message()));
            case Ended ended -> addIf(entered, effects, new Effect.Settle());
        }
        for (var attempt : after.attempts()) {
            if (!before.attempts().contains(attempt)) {
                effects.addAll(effectsOf(attempt));
            }
        }
        return List.copyOf(effects);
    }

    private static List<Effect> effectsOf(Attempt changed) {
        var predictionId = changed.predictionId();
        if (changed.stage() == Stage.STRAY && predictionId != null) {
            return List.of(new Effect.TellStray(changed), new Effect.Cancel(predictionId));
        }
        var isThoughtAbsent = changed.stage() == Stage.ABSENT && changed.symptom() == Symptom.ABSENT;
        return isThoughtAbsent ? List.of(new Effect.LookBack(changed)) : List.of();
    }

    private static void addIf(boolean condition, List<Effect> effects, Effect effect) {
        if (condition) {
            effects.add(effect);
        }
    }

    private static Duration waitBefore(Queued take) {
        var symptom = take.latest().symptom();
        var wait = symptom == null ? null : waitAfter(take.attempts(), symptom);
        return wait == null ? Duration.ZERO : wait;
    }
}
