package io.showreel.gateway.job.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.showreel.contracts.job.JobEvent;
import io.showreel.messaging.CommitListener;
import io.showreel.messaging.Message;
import org.springframework.stereotype.Component;

/** Counts what this replica decided about jobs. */
@Component
class JobCounters implements CommitListener {

    private final Counter accepted;
    private final Counter approved;
    private final Counter completed;
    private final Counter partial;
    private final Counter failed;
    private final Counter canceled;

    JobCounters(MeterRegistry registry) {
        accepted = Counter.builder("showreel.jobs.accepted")
                .description("Jobs that were accepted")
                .register(registry);
        approved = Counter.builder("showreel.jobs.approved")
                .description("Cuts that were approved, and so may cost money")
                .register(registry);
        completed = ended(registry, "completed");
        partial = ended(registry, "partial");
        failed = ended(registry, "failed");
        canceled = ended(registry, "canceled");
    }

    private static Counter ended(MeterRegistry registry, String outcome) {
        return Counter.builder("showreel.jobs.ended")
                .description("Jobs that ended; a film that lacks scenes is partial")
                .tag("outcome", outcome)
                .register(registry);
    }

    @Override
    public void committed(Message message) {
        switch (message.payload()) {
            case JobEvent.JobCreated event -> accepted.increment();
            case JobEvent.JobApproved event -> approved.increment();
            case JobEvent.JobCompleted event -> (event.partial() ? partial : completed).increment();
            case JobEvent.JobFailed event -> failed.increment();
            case JobEvent.JobCanceled event -> canceled.increment();
            default -> {}
        }
    }
}
