package io.showreel.gateway.webhook.http;

import io.showreel.gateway.access.Caller;
import io.showreel.gateway.webhook.Addresses;
import io.showreel.gateway.webhook.Clients;
import io.showreel.gateway.webhook.Receiver;
import io.showreel.gateway.webhook.Receivers;
import io.showreel.gateway.webhook.Secret;
import io.showreel.gateway.webhook.SecretRotation;
import io.showreel.web.ApiException;
import io.showreel.web.Created;
import io.showreel.web.IdempotencyKey;
import io.showreel.web.IdempotencyKeys;
import io.showreel.web.JsonBody;
import io.showreel.web.One;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Where a client is told of its jobs, and what that is signed with. */
@RestController
@RequestMapping("/api/v3/clients/{clientId}")
class ClientWebhookController {

    private final Clients clients;
    private final Receivers receivers;
    private final Addresses addresses;
    private final SecretRotation rotation;
    private final IdempotencyKeys idempotency;

    ClientWebhookController(
            Clients clients,
            Receivers receivers,
            Addresses addresses,
            SecretRotation rotation,
            IdempotencyKeys idempotency) {
        this.clients = clients;
        this.receivers = receivers;
        this.addresses = addresses;
        this.rotation = rotation;
        this.idempotency = idempotency;
    }

    record SetWebhook(@NotNull String url) {}

    /** @param disabledAt when the address answered 410; it is told nothing more until it is set again */
    record WebhookView(UUID clientId, String url, @Nullable Instant disabledAt, Instant updatedAt) {

        static WebhookView of(Receiver receiver) {
            return new WebhookView(receiver.clientId(), receiver.url(), receiver.goneAt(), receiver.updatedAt());
        }
    }

    /** @param secret shown here and never again; null when this answer repeats an earlier one */
    record SecretView(UUID id, UUID clientId, @Nullable String secret) {}

    @GetMapping("/webhook")
    Mono<One<WebhookView>> show(@PathVariable UUID clientId, ServerWebExchange exchange) {
        return known(clientId, exchange)
                .then(Mono.defer(() -> receivers.find(clientId)))
                .switchIfEmpty(Mono.error(() -> ApiException.notFound("webhook of this client")))
                .map(receiver -> new One<>(WebhookView.of(receiver)));
    }

    @PutMapping("/webhook")
    Mono<One<WebhookView>> set(@PathVariable UUID clientId, @RequestBody SetWebhook body, ServerWebExchange exchange) {
        var url = JsonBody.check(body).url();
        return known(clientId, exchange)
                .then(addresses.check("url", url))
                .then(Mono.defer(() -> receivers.put(clientId, url)))
                .map(receiver -> new One<>(WebhookView.of(receiver)));
    }

    @DeleteMapping("/webhook")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(@PathVariable UUID clientId, ServerWebExchange exchange) {
        return known(clientId, exchange).then(Mono.defer(() -> receivers.remove(clientId)));
    }

    @PostMapping("/webhook-secret")
    Mono<ResponseEntity<One<SecretView>>> rotate(@PathVariable UUID clientId, ServerWebExchange exchange) {
        var key = IdempotencyKey.of(exchange.getRequest(), Caller.of(exchange).name(), Map.of());
        return known(clientId, exchange)
                .then(Mono.defer(() -> idempotency.once(
                        key,
                        rotation.rotate(clientId)
                                .switchIfEmpty(Mono.error(ClientWebhookController::tooMany))
                                .map(ClientWebhookController::shown),
                        id -> Mono.just(new SecretView(UUID.fromString(id), clientId, null)))))
                .map(made -> ResponseEntity.status(made.status()).body(new One<>(made.body())));
    }

    private static Created<SecretView> shown(Secret secret) {
        return new Created<>(
                secret.id().toString(),
                HttpStatus.CREATED,
                new SecretView(secret.id(), secret.clientId(), secret.value()));
    }

    private static ApiException tooMany() {
        return ApiException.conflict(
                "too_many_secrets", "Too many old secrets of this client are still valid; wait until one ends.");
    }

    private Mono<Void> known(UUID clientId, ServerWebExchange exchange) {
        return Mono.just(clientId)
                .filter(Caller.of(exchange)::sees)
                .filterWhen(clients::has)
                .switchIfEmpty(Mono.error(() -> ApiException.notFound("client")))
                .then();
    }
}
