package io.showreel.gateway.campaign.http;

import io.micrometer.observation.ObservationRegistry;
import io.showreel.contracts.job.JobCommand;
import io.showreel.gateway.campaign.Campaigns;
import io.showreel.gateway.job.Material;
import io.showreel.gateway.neighbours.Neighbours;
import io.showreel.messaging.WireJson;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;

/** Asks asset-service for a campaign's images. */
@Component
class HttpCampaigns implements Campaigns {

    private static final int LARGEST_ANSWER = 8 * 1024 * 1024;

    private final WebClient client;
    private final Neighbours neighbours;

    HttpCampaigns(Neighbours neighbours, ObservationRegistry observations) {
        this.neighbours = neighbours;
        this.client = WebClient.builder()
                .observationRegistry(observations)
                .baseUrl(neighbours.assetUrl().toString())
                .codecs(codecs -> {
                    codecs.defaultCodecs().maxInMemorySize(LARGEST_ANSWER);
                    codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(WireJson.mapper()));
                })
                .build();
    }

    @Override
    public Mono<Material> material(UUID campaignId) {
        return client.get()
                .uri("/internal/campaigns/{id}/candidates", campaignId)
                .retrieve()
                .bodyToMono(Candidates.class)
                .timeout(neighbours.patience())
                .map(Candidates::material)
                .onErrorResume(
                        WebClientResponseException.class,
                        e -> e.getStatusCode() == HttpStatus.NOT_FOUND ? Mono.empty() : Mono.error(e));
    }

    record Candidates(Campaign campaign, Client client, List<Photo> photos) {

        Material material() {
            return new Material(
                    new JobCommand.Campaign(
                            campaign.id(),
                            campaign.clientId(),
                            campaign.name(),
                            campaign.brief(),
                            campaign.goal(),
                            client.brandGuidelines()),
                    photos.stream().map(Photo::candidate).toList());
        }
    }

    record Campaign(
            UUID id,
            UUID clientId,
            String name,
            @Nullable String brief,
            @Nullable String goal) {}

    record Client(UUID id, String name, @Nullable String brandGuidelines) {}

    record Photo(
            UUID assetId,
            @Nullable String name,
            @Nullable List<String> tags,
            @Nullable String description,
            URI object,
            int width,
            int height) {

        JobCommand.Photo candidate() {
            return new JobCommand.Photo(
                    assetId,
                    name == null ? "" : name,
                    tags == null ? List.of() : tags,
                    description,
                    object,
                    width,
                    height);
        }
    }
}
