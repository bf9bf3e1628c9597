package io.showreel.gateway.webhook.http;

import io.showreel.gateway.neighbours.Neighbours;
import io.showreel.gateway.webhook.Clients;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;

/** Asks asset-service for a client. */
@Component
class HttpClients implements Clients {

    private final WebClient client;
    private final Neighbours neighbours;

    HttpClients(Neighbours neighbours) {
        this.neighbours = neighbours;
        this.client =
                WebClient.builder().baseUrl(neighbours.assetUrl().toString()).build();
    }

    @Override
    public Mono<Boolean> has(UUID clientId) {
        return client.get()
                .uri("/api/v3/clients/{id}", clientId)
                .retrieve()
                .toBodilessEntity()
                .timeout(neighbours.patience())
                .thenReturn(true)
                .onErrorResume(
                        WebClientResponseException.class,
                        e -> e.getStatusCode() == HttpStatus.NOT_FOUND ? Mono.just(false) : Mono.error(e));
    }
}
