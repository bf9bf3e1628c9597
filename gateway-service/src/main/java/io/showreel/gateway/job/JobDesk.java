package io.showreel.gateway.job;

import io.showreel.contracts.Topics;
import io.showreel.contracts.job.JobEvent;
import io.showreel.messaging.Message;
import io.showreel.messaging.Outbox;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;

/**
 * Joins the decider with the job's row and the outbox. Everything here runs in the caller's transaction; the row's lock
 * makes the order of a job's messages that of its changes.
 */
@Component
public class JobDesk {

    private final Jobs jobs;
    private final Outbox outbox;
    private final JobNews news;
    private final JobChanges changes;
    private final Chronicle chronicle;
    private final JobSettings settings;
    private final Clock clock;

    JobDesk(
            Jobs jobs,
            Outbox outbox,
            JobNews news,
            JobChanges changes,
            Chronicle chronicle,
            JobSettings settings,
            Clock clock) {
        this.jobs = jobs;
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
        return jobs.lock(jobId).flatMap(stored -> switch (Job.decide(stored.state(), command.apply(stored.state()))) {
            case Decision.Rejected rejected -> Mono.error(new CommandRejected(rejected, Standing.of(stored.state())));
            case Decision.Accepted accepted -> apply(stored, accepted.facts());
        });
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

    private Mono<StoredJob> apply(StoredJob stored, List<Fact> facts) {
        var after = stored.state();
        for (var fact : facts) {
            after = Job.evolve(after, fact);
        }
        if (after.equals(stored.state())) {
            return Mono.just(stored);
        }
        var effects = Job.react(stored.state(), after);
        return jobs.save(stored, after).flatMap(saved -> perform(stored.state(), effects, saved));
    }

    private Mono<StoredJob> perform(Job before, List<Effect> effects, StoredJob stored) {
        var key = Long.toString(stored.id());
        var messages = effects.stream()
                .map(effect -> switch (effect) {
                    case Effect.AskSelection ask -> new Message(Topics.JOB_COMMANDS, key, ask.command());
                    case Effect.AskScenes ask -> new Message(Topics.SCENE_REQUESTS, key, ask.request());
                    case Effect.Announce announce -> new Message(Topics.JOB_EVENTS, key, announce.event());
                })
                .toList();
        var said = messages.isEmpty() ? Mono.<Void>empty() : outbox.append(messages);
        return said.then(news.announced(stored, announced(effects)))
                .then(chronicle.write(before, stored))
                .then(afterCommit(() -> changes.changed(stored.id(), stored.version())))
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

    private static Mono<Void> afterCommit(Runnable action) {
        return TransactionSynchronizationManager.forCurrentTransaction()
                .doOnNext(transaction -> transaction.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public Mono<Void> afterCommit() {
                        return Mono.fromRunnable(action);
                    }
                }))
                .then();
    }
}
