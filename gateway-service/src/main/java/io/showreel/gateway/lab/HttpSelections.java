package io.showreel.gateway.lab;

import io.showreel.contracts.job.JobCommand;
import io.showreel.contracts.storyboard.StoryboardEvent.StoryboardSelected;
import io.showreel.gateway.neighbours.Neighbours;
import io.showreel.messaging.WireJson;
import io.showreel.web.ApiException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.http.codec.json.JacksonJsonEncoder;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;

/** Asks selection-service over HTTP. */
@Component
class HttpSelections implements Selections {

    private final WebClient client;
    private final TestingSettings settings;

    HttpSelections(Neighbours neighbours, TestingSettings settings) {
        this.settings = settings;
        this.client = WebClient.builder()
                .baseUrl(neighbours.selectionUrl().toString())
                .codecs(codecs -> {
                    codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(WireJson.mapper()));
                    codecs.defaultCodecs().jacksonJsonEncoder(new JacksonJsonEncoder(WireJson.mapper()));
                })
                .build();
    }

    private record Answer(StoryboardSelected storyboard) {}

    private record Refusal(@Nullable Reason error) {}

    private record Reason(String code, String message) {}

    @Override
    public Mono<StoryboardSelected> select(JobCommand.SelectScenes command) {
        return client.post()
                .uri("/internal/testing/image-selection")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(command)
                .retrieve()
                .bodyToMono(Answer.class)
                .timeout(settings.selectionPatience())
                .map(Answer::storyboard)
                .onErrorMap(WebClientResponseException.UnprocessableContent.class, HttpSelections::refused);
    }

    private static Throwable refused(WebClientResponseException answer) {
        var refusal = answer.getResponseBodyAs(Refusal.class);
        var reason = refusal == null ? null : refusal.error();
        return reason == null
                ? answer
                : new ApiException(HttpStatus.UNPROCESSABLE_CONTENT, reason.code(), reason.message());
    }
}
