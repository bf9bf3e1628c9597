package io.showreel.gateway.ledger;

import io.showreel.contracts.Usd;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The ledger of paid predictions, which another service keeps. */
public interface Ledger {

    /** All takes of a job, those of earlier cuts too; none if the ledger has not heard of the job yet. */
    Mono<List<Entry>> takes(long jobId);

    /**
     * @param firstCut that asked for it
     * @param cost of all its predictions, what is reserved included
     */
    record Entry(
            UUID takeId,
            @Nullable String kind,
            @Nullable String model,
            @Nullable String status,
            @Nullable Integer firstCut,
            @Nullable Usd cost,
            @Nullable String reason,
            @Nullable String message,
            @Nullable List<Prediction> predictions) {}

    /**
     * @param token of the attempt, as the provider was given it
     * @param reason why it was submitted again; null for the first
     */
    record Prediction(
            @Nullable String predictionId,
            int attempt,
            @Nullable String token,
            @Nullable String model,
            @Nullable String status,
            @Nullable Usd price,
            @Nullable Usd cost,
            @Nullable String reason,
            @Nullable String symptom,
            @Nullable String message,
            @Nullable Instant begunAt) {}
}
