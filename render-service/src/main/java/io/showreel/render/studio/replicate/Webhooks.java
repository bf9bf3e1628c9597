package io.showreel.render.studio.replicate;

import io.showreel.render.studio.Prediction;
import io.showreel.render.take.Doorbell;
import io.showreel.render.take.Fact;
import io.showreel.render.take.Ledger;
import io.showreel.render.take.RenderTakes;
import java.time.InstantSource;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hears of predictions a little sooner than by looking: what a webhook tells goes the same way as what is seen. It is
 * acknowledged once that is committed.
 */
@Configuration(proxyBeanMethods = false)
class Webhooks {

    private static final Logger log = LoggerFactory.getLogger(Webhooks.class);
    private static final Pattern TOKEN = Pattern.compile("[?&]att=([0-9a-fA-F-]{36})");

    private final JsonMapper json = JsonMapper.builder().build();
    private final Predictions predictions = new Predictions(json);
    private final WebhookSecret secret;
    private final Ledger ledger;
    private final RenderTakes takes;
    private final Doorbell doorbell;
    private final InstantSource clock;
    private final TransactionalOperator tx;

    Webhooks(
            WebhookSecret secret,
            Ledger ledger,
            RenderTakes takes,
            Doorbell doorbell,
            InstantSource clock,
            TransactionalOperator tx) {
        this.secret = secret;
        this.ledger = ledger;
        this.takes = takes;
        this.doorbell = doorbell;
        this.clock = clock;
        this.tx = tx;
    }

    @Bean
    RouterFunction<ServerResponse> replicateWebhooks() {
        return RouterFunctions.route()
                .POST("/internal/webhooks/replicate", this::receive)
                .build();
    }

    private Mono<ServerResponse> receive(ServerRequest request) {
        var headers = request.headers();
        var id = headers.firstHeader("webhook-id");
        var timestamp = headers.firstHeader("webhook-timestamp");
        var signature = headers.firstHeader("webhook-signature");
        if (id == null || timestamp == null || signature == null || !Signatures.isRecent(timestamp, clock.instant())) {
            return ServerResponse.status(HttpStatus.UNAUTHORIZED).build();
        }
        return request.bodyToMono(byte[].class).defaultIfEmpty(new byte[0]).flatMap(body -> Mono.fromCallable(
                        () -> secret.judge(key -> Signatures.isValid(key, id, timestamp, body, signature)))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(verdict -> switch (verdict) {
                    case GENUINE -> accept(id, body, request);
                    case FORGED -> refuse(id);
                    case UNDECIDED ->
                        ServerResponse.status(HttpStatus.SERVICE_UNAVAILABLE).build();
                }));
    }

    private Mono<ServerResponse> refuse(String id) {
        log.warn("Webhook {} is not signed by Replicate", id);
        return ServerResponse.status(HttpStatus.UNAUTHORIZED).build();
    }

    private Mono<ServerResponse> accept(String id, byte[] body, ServerRequest request) {
        Prediction prediction;
        try {
            prediction = predictions.read(json.readTree(body));
        } catch (JacksonException | IllegalArgumentException e) {
            return ServerResponse.badRequest().build();
        }
        var address = prediction.webhook() == null ? request.uri().toString() : prediction.webhook();
        return ledger.enterWebhook(id)
                .flatMap(isNew -> isNew ? record(prediction, tokenIn(address)) : Mono.empty())
                .as(tx::transactional)
                .doOnNext(takeId -> doorbell.ring(takeId.toString()))
                .then(ServerResponse.noContent().build());
    }

    /** @return the take that it is news of; empty if it is none of ours */
    private Mono<UUID> record(Prediction prediction, @Nullable UUID token) {
        return ledger.submission(token, prediction.id()).flatMap(submission -> {
            var accepted = new Fact.Accepted(submission.token(), prediction.id());
            var fact = prediction.ending(submission.token()).orElse(accepted);
            return takes.record(submission.takeId(), fact).thenReturn(submission.takeId());
        });
    }

    private static @Nullable UUID tokenIn(String address) {
        var found = TOKEN.matcher(address);
        return found.find() ? UUID.fromString(found.group(1)) : null;
    }
}
