package io.showreel.sandbox.inspection;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.showreel.sandbox.prediction.Fact;
import io.showreel.sandbox.prediction.Prediction;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A prediction and what it cost.
 *
 * @param attempt the buyer's token, as it was seen in the webhook, in an input's address or with an upload
 * @param latency from the start to the end
 */
public record LedgerRow(
        String predictionId,
        String account,
        String model,
        String inputSha256,
        @Nullable String attempt,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Duration latency,
        String status,
        @Nullable String errorCode,
        boolean charged,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount) {

    static LedgerRow of(Prediction prediction) {
        Fact.Created created = prediction.created();
        var started = prediction.startedAt();
        var completed = prediction.completedAt();
        return new LedgerRow(
                prediction.id(),
                prediction.account(),
                created.model(),
                created.inputSha256(),
                created.attempt(),
                created.at(),
                started,
                completed,
                started == null || completed == null ? null : Duration.between(started, completed),
                prediction.status().word(),
                prediction.errorCode(),
                prediction.isCharged(),
                prediction.charge());
    }
}
