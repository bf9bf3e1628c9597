package io.showreel.gateway.job;

import java.time.Instant;

/**
 * A job as it is kept.
 *
 * @param version rises with each change
 */
public record StoredJob(long id, long version, Job state, Instant insertedAt, Instant updatedAt) {

    public Order order() {
        return Job.orderOf(state);
    }
}
