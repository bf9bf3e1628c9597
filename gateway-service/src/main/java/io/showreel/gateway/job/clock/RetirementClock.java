package io.showreel.gateway.job.clock;

import io.showreel.gateway.job.JobDesk;
import io.showreel.gateway.job.JobSettings;
import io.showreel.gateway.job.KeptCuts;
import io.showreel.messaging.Chore;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Gives up films and clips that nobody returned to for long enough. Each replica runs one; what is given up twice is given
 * up once.
 */
@Component
class RetirementClock {

    private static final Logger log = LoggerFactory.getLogger(RetirementClock.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration MOST = Duration.ofHours(1);
    private static final int AT_ONCE = 100;

    private final KeptCuts kept;
    private final JobDesk desk;
    private final TransactionalOperator transaction;
    private final Clock clock;
    private final Duration keep;

    RetirementClock(KeptCuts kept, JobDesk desk, TransactionalOperator transaction, Clock clock, JobSettings settings) {
        this.kept = kept;
        this.desk = desk;
        this.transaction = transaction;
        this.clock = clock;
        this.keep = settings.keep();
    }

    @Bean
    Chore retirement() {
        return new Chore("retirement-clock", pause(), this::look);
    }

    /** A tenth of the time for which things are kept, so that they are kept at most so much longer; an hour is enough. */
    private Duration pause() {
        var tenth = keep.dividedBy(10);
        return tenth.compareTo(MOST) < 0 ? tenth.plusMillis(100) : MOST;
    }

    private void look() {
        var before = clock.instant().minus(keep);
        long last = -1;
        while (true) {
            var jobs = kept.jobsWithOld(before, last, AT_ONCE).blockOptional(PATIENCE);
            if (jobs.isEmpty() || jobs.get().isEmpty()) {
                return;
            }
            for (long job : jobs.get()) {
                try {
                    desk.retire(job, before).as(transaction::transactional).block(PATIENCE);
                } catch (RuntimeException e) {
                    log.warn("What job {} does not need any more is given up another time: {}", job, e.toString());
                }
                last = job;
            }
        }
    }
}
