package io.showreel.gateway.job.clock;

import io.showreel.gateway.job.JobDesk;
import io.showreel.gateway.job.Jobs;
import io.showreel.messaging.Backlog;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Tells jobs when their time is up, but not before everything was read that had been said by then: after an outage the
 * answer usually lies in the topics already. Each replica runs one; a job that is being told is skipped by the others.
 */
@Component
class JobClock implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JobClock.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int AT_ONCE = 50;

    private final Jobs jobs;
    private final JobDesk desk;
    private final Backlog backlog;
    private final TransactionalOperator transaction;
    private final Clock clock;
    private volatile @Nullable Thread thread;

    JobClock(Jobs jobs, JobDesk desk, Backlog backlog, TransactionalOperator transaction, Clock clock) {
        this.jobs = jobs;
        this.desk = desk;
        this.backlog = backlog;
        this.transaction = transaction;
        this.clock = clock;
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                tick();
                Thread.sleep(TICK);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.warn("Jobs whose time is up wait for the next second: {}", e.toString());
                if (!pause()) {
                    return;
                }
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(TICK);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    void tick() throws InterruptedException {
        var due = due();
        if (due.isEmpty()) {
            return;
        }
        var upToNow = backlog.snapshot();
        while (!backlog.isRead(upToNow)) {
            Thread.sleep(TICK);
        }
        for (var jobId : due) {
            desk.tick(jobId).as(transaction::transactional).block(PATIENCE);
        }
    }

    private List<Long> due() {
        var due = jobs.due(clock.instant(), AT_ONCE).block(PATIENCE);
        return due == null ? List.of() : due;
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
