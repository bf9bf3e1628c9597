package io.showreel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.showreel.gateway.job.Jobs;
import io.showreel.gateway.live.LiveJobs;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;

/** Clocks, and what replicas tell each other. */
class LiveTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final RunningGateway gateway = Installation.shared().gateway;
    private static final RunningGateway replica = Installation.shared().replica;
    private static final Neighbourhood neighbours = Installation.shared().neighbours;

    @Test
    void a_selection_that_nobody_answers_fails_in_time() {
        try (var hasty = Installation.shared()
                .start(Map.of("showreel.jobs.selection-time", "1s", "showreel.jobs.grace", "1s"))) {
            long id = create(hasty);

            await().atMost(PATIENCE).until(() -> gateway.get("/api/v3/jobs/" + id)
                    .json()
                    .path("error")
                    .path("code")
                    .asString()
                    .equals("selection_timeout"));
        }
    }

    @Test
    void a_selection_is_due_only_where_selections_are_asked_for() {
        var jobs = gateway.bean(Jobs.class);
        long id = create(gateway);
        var later = Instant.now().plus(Duration.ofDays(1));

        assertThat(jobs.due(later, true, 1_000_000).block()).contains(id);
        assertThat(jobs.due(later, false, 1_000_000).block()).doesNotContain(id);
    }

    @Test
    void changes_are_heard_again_after_the_server_ended_the_connection() {
        var live = replica.bean(LiveJobs.class);
        await().atMost(PATIENCE).until(live::listening);
        long hearings = live.hearings();
        replica.bean(DatabaseClient.class)
                .sql("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where datname = current_database() and query ilike 'listen %' or query = 'select 1'")
                .then()
                .block();
        await().atMost(PATIENCE).until(() -> live.listening() && live.hearings() > hearings);

        long id = create(gateway);
        assertThat(replica.get("/api/v3/jobs/" + id).status()).isEqualTo(200);
        gateway.post("/api/v3/jobs/" + id + "/cancel", "");

        await().atMost(PATIENCE).until(() -> live.newestVersion(id) == 2);
        await().atMost(Duration.ofSeconds(1)).until(() -> replica.get("/api/v3/jobs/" + id)
                .json()
                .path("status")
                .asString()
                .equals("canceled"));
    }

    @Test
    void a_job_is_read_as_it_was_written() {
        long id = create(gateway);
        var jobs = gateway.bean(Jobs.class);
        var selecting = jobs.find(id).block();
        Installation.shared().others.select(id);
        await().atMost(PATIENCE).until(() -> jobs.find(id).block().version() == 2);

        var ready = jobs.find(id).block();

        assertThat(ready.order()).isEqualTo(selecting.order());
        assertThat(ready.insertedAt()).isEqualTo(selecting.insertedAt());
        assertThat(jobs.find(id).block()).isEqualTo(ready);
    }

    private static long create(RunningGateway at) {
        var created = at.post(
                "/api/v3/campaigns/" + neighbours.campaign(UUID.randomUUID(), 4) + "/create-job",
                "{\"num_scenes\": 2, \"parameters\": {\"depth\": [1, {\"name\": \"é\"}]}}",
                "Prefer",
                "wait=0");
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return created.json().path("data").path("job_id").asLong();
    }
}
