package io.showreel.asset.job;

import io.showreel.contracts.Usd;
import io.showreel.contracts.job.JobEvent;
import io.showreel.contracts.job.JobEvent.CutClosed;
import io.showreel.contracts.job.JobEvent.JobApproved;
import io.showreel.contracts.job.JobEvent.JobCanceled;
import io.showreel.contracts.job.JobEvent.JobCompleted;
import io.showreel.contracts.job.JobEvent.JobCreated;
import io.showreel.contracts.job.JobEvent.JobDeleted;
import io.showreel.contracts.job.JobEvent.JobFailed;
import io.showreel.contracts.job.JobEvent.MediaRetired;
import io.showreel.contracts.job.JobEvent.PhotosAdded;
import io.showreel.contracts.job.JobEvent.StoryboardReady;
import io.showreel.contracts.job.JobEvent.Unrecognised;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * All jobs that were ever heard of. Everything that is kept of a job only grows (what it spent, that it has a film, that
 * it was deleted), so events may come late, twice and in any order.
 */
@Repository
class Jobs {

    private final DatabaseClient database;

    Jobs(DatabaseClient database) {
        this.database = database;
    }

    Mono<Void> record(JobEvent event) {
        return switch (event) {
            case JobCreated e -> keep(e.jobId(), e.clientId(), e.campaignId()).then(use(e.jobId(), e.assetIds()));
            case StoryboardReady e ->
                keep(e.jobId(), e.clientId(), e.campaignId()).then(use(e.jobId(), e.assetIds()));
            case JobApproved e -> keep(e.jobId(), e.clientId(), e.campaignId()).then(use(e.jobId(), e.assetIds()));
            case JobCompleted e -> keep(e.jobId(), e.clientId(), e.campaignId(), e.spent(), true, false);
            case JobFailed e -> keep(e.jobId(), e.clientId(), e.campaignId(), e.spent(), false, false);
            case JobCanceled e -> keep(e.jobId(), e.clientId(), e.campaignId(), e.spent(), false, false);
            case CutClosed e -> keep(e.jobId(), e.clientId(), e.campaignId(), e.spent(), false, false);
            case JobDeleted e ->
                keep(e.jobId(), e.clientId(), e.campaignId(), Usd.ZERO, false, true)
                        .then(unuse(e.jobId()));
            case PhotosAdded e -> keep(e.jobId(), e.clientId(), e.campaignId()).then(use(e.jobId(), e.assetIds()));
            case MediaRetired e -> Mono.empty();
            case Unrecognised e -> Mono.empty();
        };
    }

    private Mono<Void> keep(long job, UUID client, UUID campaign) {
        return keep(job, client, campaign, Usd.ZERO, false, false);
    }

    private Mono<Void> keep(long job, UUID client, UUID campaign, Usd spent, boolean filmed, boolean deleted) {
        return database.sql("""
                        insert into job (id, client_id, campaign_id, spent, filmed, deleted)
                        values (:id, :client_id, :campaign_id, :spent, :filmed, :deleted)
                        on conflict (id) do update set
                            spent = greatest(job.spent, excluded.spent),
                            filmed = job.filmed or excluded.filmed,
                            deleted = job.deleted or excluded.deleted""")
                .bind("id", job)
                .bind("client_id", client)
                .bind("campaign_id", campaign)
                .bind("spent", spent.amount())
                .bind("filmed", filmed)
                .bind("deleted", deleted)
                .then();
    }

    /** A deleted job uses nothing, also if it is only now heard of what it did use. */
    private Mono<Void> use(long job, List<UUID> assets) {
        return database.sql("""
                        insert into asset_use (job_id, asset_id)
                        select id, unnest(:assets::uuid[]) from job where id = :job and not deleted
                        on conflict do nothing""")
                .bind("job", job)
                .bind("assets", assets.toArray(UUID[]::new))
                .then();
    }

    private Mono<Void> unuse(long job) {
        return database.sql("delete from asset_use where job_id = :job")
                .bind("job", job)
                .then();
    }
}
