package io.showreel.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.gateway.job.Job;
import io.showreel.gateway.job.StoredJob;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class WaitingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Flux<Long> AWAKE = Flux.just(0L).concatWith(Flux.never());
    private static final StoredJob COMMITTED = job(1);

    @Test
    void a_committed_job_is_the_answer_even_if_nobody_can_look_at_it_any_more() {
        var waiting = new Waiting(id -> Mono.error(new IOException("away")), id -> AWAKE, Mono.never());

        assertThat(waiting.until(COMMITTED, job -> false, PATIENCE).block(PATIENCE))
                .isEqualTo(COMMITTED);
    }

    @Test
    void a_job_is_the_answer_as_soon_as_it_is_as_wished() {
        var waiting = new Waiting(id -> Mono.just(job(2)), id -> AWAKE, Mono.never());

        assertThat(waiting.until(COMMITTED, job -> job.version() == 2, PATIENCE).block(PATIENCE))
                .isEqualTo(job(2));
    }

    private static StoredJob job(long version) {
        return new StoredJob(7, version, new Job.Unborn(), Instant.EPOCH, Instant.EPOCH);
    }
}
