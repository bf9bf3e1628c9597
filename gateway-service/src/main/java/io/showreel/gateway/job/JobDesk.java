package io.showreel.gateway.job;

import io.showreel.contracts.Topics;
import io.showreel.contracts.job.JobEvent;
import io.showreel.messaging.AfterCommit;
import io.showreel.messaging.Message;
import io.showreel.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Joins the decider with the job's row and the outbox. Everything here runs in the caller's transaction; the row's lock
 * makes the order of a job's messages that of its changes.
 */
@Component
public class JobDesk {

    private final Jobs jobs;
    private final KeptCuts kept;
    private final Outbox outbox;
    private final JobNews news;
    private final JobChanges changes;
    private final Chronicle chronicle;
    private final JobSettings settings;
    private final Clock clock;

    JobDesk(
            Jobs jobs,
            KeptCuts kept,
            Outbox outbox,
            JobNews news,
            JobChanges changes,
            Chronicle chronicle,
            JobSettings settings,
            Clock clock) {
        this.jobs = jobs;
        this.kept = kept;
        this.outbox = outbox;
        this.news = news;
        this.changes = changes;
        this.chronicle = chronicle;
        this.settings = settings;
        this.clock = clock;
    }

    public Mono<StoredJob> create(Order order, Material material) {
        return Mono.defer(() -> {
            var created = new Fact.Created(order, material, clock.instant().plus(settings.selectionTime()));
            var before = new Job.Unborn();
            var after = Job.evolve(before, created);
            return jobs.insert(after).flatMap(stored -> perform(before, Job.react(before, after), stored));
        });
    }

    /** Does what a person asks; empty if there is no such job, and an error with {@link CommandRejected} if it can't be. */
    public Mono<StoredJob> execute(long jobId, Function<Job, Command> command) {
        return jobs.lock(jobId).flatMap(stored -> execute(stored, command.apply(stored.state())));
    }

    /** The same for what may return to a cut that has ended. */
    public Mono<StoredJob> executeKnowing(long jobId, BiFunction<Job, List<Cut>, Command> command) {
        return jobs.lock(jobId).flatMap(stored -> kept.of(jobId)
                .map(cuts -> cuts.stream().map(KeptCuts.KeptCut::cut).toList())
                .flatMap(cuts -> execute(stored, command.apply(stored.state(), cuts))));
    }

    private Mono<StoredJob> execute(StoredJob stored, Command command) {
        return switch (Job.decide(stored.state(), command)) {
            case Decision.Rejected rejected -> Mono.error(new CommandRejected(rejected, Standing.of(stored.state())));
            case Decision.Accepted accepted -> apply(stored, accepted.facts());
        };
    }

    /** Records what was heard of a job; what is late, repeated or about no job of ours changes nothing. */
    public Mono<Void> record(long jobId, Fact fact) {
        return jobs.lock(jobId).flatMap(stored -> apply(stored, List.of(fact))).then();
    }

    /** Tells a job the time, unless somebody else has hold of it. */
    public Mono<Void> tick(long jobId) {
        return jobs.lockIfFree(jobId)
                .flatMap(stored -> apply(stored, List.of(new Fact.TimeIsUp(clock.instant()))))
                .then();
    }

    /** Gives up what of the job's past nobody needs any more; empty if somebody else has hold of the job. */
    public Mono<Retirement> retire(long jobId, Instant before) {
        return jobs.lockIfFree(jobId).flatMap(stored -> kept.of(jobId).flatMap(cuts -> {
            var retirement = Retirement.of(stored.state(), cuts, before);
            return retirement.isEmpty()
                    ? Mono.just(retirement)
                    : kept.remove(jobId, retirement.numbers())
                            .then(outbox.append(List.of(
                                    message(stored.id(), new Effect.Announce(retired(stored.order(), retirement)))
                                            .orElseThrow())))
                            .then(apply(stored, List.of(new Fact.Retired(retirement.films()))))
                            .thenReturn(retirement);
        }));
    }

    private static JobEvent retired(Order order, Retirement retirement) {
        return new JobEvent.MediaRetired(
                order.jobId(), order.clientId(), order.campaignId(), retirement.films(), retirement.takes());
    }

    private Mono<StoredJob> apply(StoredJob stored, List<Fact> facts) {
        var after = stored.state();
        for (var fact : facts) {
            after = Job.evolve(after, fact);
        }
        if (after.equals(stored.state())) {
            return Mono.just(stored);
        }
        var effects = Job.react(stored.state(), after);
        var saved = after instanceof Job.Deleted ? jobs.delete(stored, after) : jobs.save(stored, after);
        return saved.flatMap(now -> perform(stored.state(), effects, now));
    }

    private Mono<StoredJob> perform(Job before, List<Effect> effects, StoredJob stored) {
        var messages = effects.stream()
                .flatMap(effect -> message(stored.id(), effect).stream())
                .toList();
        var said = messages.isEmpty() ? Mono.<Void>empty() : outbox.append(messages);
        return said.then(keep(effects, stored))
                .then(news.announced(stored, announced(effects)))
                .then(chronicle.write(before, stored))
                .then(AfterCommit.run(() -> changes.changed(stored.id(), stored.version())))
                .thenReturn(stored);
    }

    private static List<JobEvent> announced(List<Effect> effects) {
        return effects.stream()
                .<JobEvent>mapMulti((effect, events) -> {
                    if (effect instanceof Effect.Announce announce) {
                        events.accept(announce.event());
                    }
                })
                .toList();
    }

    private static Optional<Message> message(long jobId, Effect effect) {
        var key = Long.toString(jobId);
        return switch (effect) {
            case Effect.AskSelection ask -> Optional.of(new Message(Topics.JOB_COMMANDS, key, ask.command()));
            case Effect.AskScenes ask -> Optional.of(new Message(Topics.SCENE_REQUESTS, key, ask.request()));
            case Effect.Announce announce -> Optional.of(new Message(Topics.JOB_EVENTS, key, announce.event()));
            case Effect.Keep keep -> Optional.empty();
        };
    }

    private Mono<Void> keep(List<Effect> effects, StoredJob stored) {
        return Flux.fromIterable(effects)
                .ofType(Effect.Keep.class)
                .concatMap(effect -> kept.keep(stored.id(), effect.cut()))
                .then();
    }
}
