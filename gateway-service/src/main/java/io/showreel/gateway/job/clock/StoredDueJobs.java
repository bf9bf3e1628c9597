package io.showreel.gateway.job.clock;

import io.showreel.gateway.job.JobDesk;
import io.showreel.gateway.job.Jobs;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;

/** Tells each job in a transaction of its own. */
@Component
class StoredDueJobs implements DueJobs {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int AT_ONCE = 50;

    private final Jobs jobs;
    private final JobDesk desk;
    private final TransactionalOperator transaction;
    private final Clock clock;

    StoredDueJobs(Jobs jobs, JobDesk desk, TransactionalOperator transaction, Clock clock) {
        this.jobs = jobs;
        this.desk = desk;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public List<Long> due(boolean withSelections) {
        var due = jobs.due(clock.instant(), withSelections, AT_ONCE).block(PATIENCE);
        return due == null ? List.of() : due;
    }

    @Override
    public void tell(long jobId) {
        desk.tick(jobId).as(transaction::transactional).block(PATIENCE);
    }
}
