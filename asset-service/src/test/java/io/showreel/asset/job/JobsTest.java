package io.showreel.asset.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.asset.Caller;
import io.showreel.asset.RunningService;
import io.showreel.contracts.Usd;
import io.showreel.contracts.job.JobEvent;
import io.showreel.contracts.job.JobEvent.CutClosed;
import io.showreel.contracts.job.JobEvent.JobApproved;
import io.showreel.contracts.job.JobEvent.JobCompleted;
import io.showreel.contracts.job.JobEvent.JobCreated;
import io.showreel.contracts.job.JobEvent.JobDeleted;
import io.showreel.contracts.job.JobEvent.JobFailed;
import io.showreel.contracts.job.JobType;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.reactive.TransactionalOperator;

class JobsTest extends RunningService {

    private static final AtomicLong IDS = new AtomicLong(1);
    private static final URI FILM = URI.create("s3://showreel/films/x.mp4");

    private UUID client;
    private UUID campaign;

    @BeforeEach
    void prepare() {
        client = UUID.fromString(newClient());
        campaign = UUID.fromString(newCampaign(client.toString()));
    }

    @Test
    void a_client_and_a_campaign_tell_what_their_films_cost() {
        var one = IDS.getAndIncrement();
        var other = IDS.getAndIncrement();
        hear(created(one), completed(one, "3.2000"), created(other), failed(other, "0.8000"));
        assertThat(stats("clients", client))
                .isEqualTo(Map.of("campaign_count", 1, "video_count", 1, "total_spend", "4.0000"));
        assertThat(stats("campaigns", campaign))
                .isEqualTo(Map.of("video_count", 1, "total_spend", "4.0000", "avg_cost", "4.0000"));
    }

    @Test
    void who_has_made_nothing_has_spent_nothing() {
        assertThat(stats("campaigns", campaign))
                .isEqualTo(Map.of("video_count", 0, "total_spend", "0.0000", "avg_cost", "0.0000"));
        get("/api/v3/clients/" + UUID.randomUUID() + "/stats").expectStatus().isNotFound();
        get("/api/v3/campaigns/" + UUID.randomUUID() + "/stats").expectStatus().isNotFound();
        get("/api/v3/campaigns/" + campaign + "/stats", Caller.CLIENTS_HEADER, newClient())
                .expectStatus()
                .isNotFound();
        get("/api/v3/clients/" + client + "/stats", Caller.CLIENTS_HEADER, newClient())
                .expectStatus()
                .isNotFound();
    }

    @Test
    void what_is_spent_stays_spent_when_the_job_is_deleted() {
        var job = IDS.getAndIncrement();
        hear(created(job), completed(job, "1.0000"), closed(job, "1.5000"), deleted(job));
        assertThat(stats("clients", client))
                .isEqualTo(Map.of("campaign_count", 1, "video_count", 0, "total_spend", "1.5000"));
    }

    @Test
    void events_may_come_in_any_order_and_twice() {
        for (int seed = 0; seed < 10; seed++) {
            prepare();
            var job = IDS.getAndIncrement();
            var asset = UUID.randomUUID();
            var events = new ArrayList<>(List.of(
                    new JobCreated(job, client, campaign, JobType.IMAGE_PAIRS, "x 1", List.of(asset)),
                    new JobApproved(job, client, campaign, 1, List.of(asset)),
                    completed(job, "1.0000"),
                    closed(job, "1.5000"),
                    deleted(job),
                    deleted(job),
                    completed(job, "1.0000")));
            Collections.shuffle(events, new Random(seed));
            hear(events.toArray(JobEvent[]::new));
            assertThat(stats("campaigns", campaign))
                    .containsEntry("total_spend", "1.5000")
                    .containsEntry("video_count", 0);
            assertThat(uses(asset)).isZero();
        }
    }

    @Test
    void an_asset_is_in_use_until_the_last_job_is_deleted() {
        var asset = UUID.randomUUID();
        var one = IDS.getAndIncrement();
        var other = IDS.getAndIncrement();
        for (var job : List.of(one, other)) {
            hear(new JobCreated(job, client, campaign, JobType.IMAGE_PAIRS, "x 1", List.of(asset)));
        }
        assertThat(uses(asset)).isEqualTo(2);
        hear(deleted(one));
        assertThat(uses(asset)).isEqualTo(1);
        hear(deleted(other));
        assertThat(uses(asset)).isZero();
    }

    @Test
    void a_campaign_with_jobs_can_not_be_deleted() {
        var job = IDS.getAndIncrement();
        hear(created(job));
        delete("/api/v3/campaigns/" + campaign)
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("campaign_in_use");
        delete("/api/v3/campaigns/" + campaign, Caller.CLIENTS_HEADER, newClient())
                .expectStatus()
                .isNotFound();
        hear(deleted(job));
        delete("/api/v3/campaigns/" + campaign).expectStatus().isNoContent();
        delete("/api/v3/campaigns/" + campaign).expectStatus().isNotFound();
    }

    private JobEvent created(long job) {
        return new JobCreated(job, client, campaign, JobType.IMAGE_PAIRS, "Mountain Retreat 1", List.of());
    }

    private JobEvent completed(long job, String spent) {
        return new JobCompleted(job, client, campaign, 1, false, FILM, Usd.of(spent));
    }

    private JobEvent failed(long job, String spent) {
        return new JobFailed(job, client, campaign, "no_clip", "No clip was made.", Usd.of(spent));
    }

    private JobEvent closed(long job, String spent) {
        return new CutClosed(job, client, campaign, 2, Usd.of(spent));
    }

    private JobEvent deleted(long job) {
        return new JobDeleted(job, client, campaign);
    }

    private void hear(JobEvent... events) {
        var jobs = context.getBean(Jobs.class);
        var transaction = context.getBean(TransactionalOperator.class);
        for (var event : events) {
            jobs.record(event).as(transaction::transactional).block();
        }
    }

    private Map<String, Object> stats(String what, UUID id) {
        return data(get("/api/v3/" + what + "/" + id + "/stats"));
    }

    private long uses(UUID asset) {
        return database.sql("select count(*) from asset_use where asset_id = :asset")
                .bind("asset", asset)
                .mapValue(Long.class)
                .one()
                .block();
    }
}
