package io.showreel.render.take.web;

import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.messaging.WireJson;
import io.showreel.render.take.Attempt;
import io.showreel.render.take.Entry;
import io.showreel.render.take.Ledger;
import io.showreel.render.take.Take;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** {@code GET /internal/jobs/{jobId}/takes}: the takes of a job with all their attempts. */
@Configuration(proxyBeanMethods = false)
class LedgerRoutes {

    @Bean
    RouterFunction<ServerResponse> takesOfJobs(Ledger ledger) {
        return RouterFunctions.route()
                .GET("/internal/jobs/{jobId:[0-9]{1,18}}/takes", request -> ledger.takesOf(
                                Long.parseLong(request.pathVariable("jobId")))
                        .map(LedgerRoutes::row)
                        .collectList()
                        .flatMap(rows -> ServerResponse.ok()
                                .contentType(MediaType.APPLICATION_JSON)
                                .bodyValue(WireJson.mapper().writeValueAsBytes(new Rows(rows)))))
                .build();
    }

    record Rows(List<TakeRow> takes) {}

    /** @param cost of all predictions together, what is reserved included */
    record TakeRow(
            UUID takeId,
            TakeKind kind,
            String model,
            String status,
            int firstCut,
            Usd cost,
            @Nullable URI object,
            @Nullable String reason,
            @Nullable String message,
            List<PredictionRow> predictions) {}

    /**
     * @param attempt 1 for the first
     * @param token of the attempt, as sent to the provider
     * @param reason why it was submitted again; null for the first
     * @param cost what it was charged, or its price while that may still come
     */
    record PredictionRow(
            @Nullable String predictionId,
            int attempt,
            UUID token,
            String model,
            String status,
            Usd price,
            Usd cost,
            @Nullable String reason,
            @Nullable String symptom,
            @Nullable String message,
            Instant begunAt) {}

    private static TakeRow row(Entry entry) {
        var take = entry.take();
        var lost = take instanceof Take.Lost ended ? ended : null;
        return new TakeRow(
                entry.takeId(),
                entry.input().kind(),
                entry.input().model(),
                word(take.getClass().getSimpleName()),
                entry.firstCut(),
                take.cost(),
                take instanceof Take.Rendered rendered ? rendered.object() : null,
                lost == null ? null : word(lost.reason().name()),
                lost == null ? null : lost.message(),
                take.attempts().stream().map(LedgerRoutes::row).toList());
    }

    private static PredictionRow row(Attempt attempt) {
        return new PredictionRow(
                attempt.predictionId(),
                attempt.number(),
                attempt.token(),
                attempt.model(),
                word(attempt.stage().name()),
                attempt.price(),
                attempt.cost(),
                attempt.reason(),
                attempt.symptom() == null ? null : word(attempt.symptom().name()),
                attempt.message(),
                attempt.begunAt());
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
