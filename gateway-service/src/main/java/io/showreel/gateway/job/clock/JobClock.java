package io.showreel.gateway.job.clock;

import io.showreel.gateway.job.JobSettings;
import io.showreel.messaging.Backlog;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells jobs when their time is up, but not before everything was read that had been said by then: after an outage the
 * answer usually lies in a topic already, or in the outbox of who gives it. So three things come first, in this order:
 *
 * <ol>
 *   <li>All has been in {@link Reach} for the grace period, in which the other services' relays come out of their
 *       back-off and send what they held back. A job that waits for its selection is given the whole time of a selection
 *       instead: selection-service may only now read what it was asked, and takes longer than the grace to answer.
 *   <li>The jobs' own time is up.
 *   <li>The topics are read up to where they ended after that.
 * </ol>
 *
 * <p>Not covered: another service, its database or its way to the broker that is away for longer than the grace while
 * this instance reaches everything (its answer then comes late, and changes nothing); and breaks too short to be seen by
 * a look each second. After a restart of this service, grace and selection time begin anew.
 *
 * <p>Each replica runs one; a job that is being told is skipped by the others.
 */
@Component
class JobClock implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JobClock.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final DueJobs jobs;
    private final Reach reach;
    private final Backlog backlog;
    private final JobSettings settings;
    private @Nullable Round round;
    private volatile @Nullable Thread thread;

    JobClock(DueJobs jobs, Reach reach, Backlog backlog, JobSettings settings) {
        this.jobs = jobs;
        this.reach = reach;
        this.backlog = backlog;
        this.settings = settings;
    }

    /** Jobs that are told as soon as everything is read that had been said when they were found due. */
    private record Round(List<Long> due, Backlog.Snapshot upTo) {}

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                tick();
            } catch (RuntimeException e) {
                log.warn("Jobs whose time is up wait for the next second: {}", e.toString());
            }
            try {
                Thread.sleep(TICK);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    void tick() {
        var reached = reach.look();
        if (reached == null || reached.compareTo(settings.grace()) < 0) {
            round = null;
            return;
        }
        var current = round == null ? begin(reached) : round;
        if (current == null || !backlog.isRead(current.upTo())) {
            round = current;
            return;
        }
        round = null;
        current.due().forEach(this::tell);
    }

    private @Nullable Round begin(Duration reached) {
        var due = jobs.due(reached.compareTo(settings.selectionTime()) >= 0);
        return due.isEmpty() ? null : new Round(due, backlog.snapshot());
    }

    /** One job that can't be told must not stop the clocks of all others. */
    private void tell(long jobId) {
        try {
            jobs.tell(jobId);
        } catch (RuntimeException e) {
            log.warn("Job {} could not be told that its time is up, and will be again: {}", jobId, e.toString());
        }
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("job-clock").start(this::run);
    }

    @Override
    public void stop() {
        var running = thread;
        if (running != null) {
            running.interrupt();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
