package io.showreel.gateway.ledger;

import io.showreel.gateway.neighbours.Neighbours;
import io.showreel.messaging.WireJson;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;

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
    public Mono<List<Entry>> takes(long jobId) {
        return client.get()
                .uri("/internal/jobs/{id}/takes", jobId)
                .retrieve()
                .bodyToMono(byte[].class)
                .timeout(neighbours.patience())
                .map(body -> WireJson.mapper().readValue(body, Answer.class).takes())
                .onErrorResume(
                        WebClientResponseException.class,
                        e -> e.getStatusCode() == HttpStatus.NOT_FOUND ? Mono.just(List.of()) : Mono.error(e));
    }

    record Answer(List<Entry> takes) {}
}
