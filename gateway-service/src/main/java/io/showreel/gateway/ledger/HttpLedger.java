package io.showreel.gateway.ledger;

import io.showreel.gateway.neighbours.Neighbours;
import io.showreel.messaging.WireJson;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Asks render-service for its ledger. */
@Component
class HttpLedger implements Ledger {

    private static final int LARGEST_ANSWER = 8 * 1024 * 1024;

    private final WebClient client;
    private final Neighbours neighbours;

    HttpLedger(Neighbours neighbours) {
        this.neighbours = neighbours;
        this.client = WebClient.builder()
                .baseUrl(neighbours.renderUrl().toString())
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST_ANSWER))
                .build();
    }

    @Override
    public Mono<JsonNode> takes(long jobId) {
        return client.get()
                .uri("/internal/jobs/{id}/takes", jobId)
                .retrieve()
                .bodyToMono(byte[].class)
                .timeout(neighbours.patience())
                .map(body -> WireJson.mapper().readTree(body))
                .map(answer -> answer.isObject()
                        ? answer.path("takes").isArray() ? answer.path("takes") : answer.path("data")
                        : answer)
                // A job whose cut the ledger has not read yet.
                .onErrorResume(
                        WebClientResponseException.class,
                        e -> e.getStatusCode() == HttpStatus.NOT_FOUND
                                ? Mono.just(WireJson.mapper().createArrayNode())
                                : Mono.error(e));
    }
}
