package io.showreel.render.take.kafka;

import io.showreel.contracts.Topics;
import io.showreel.contracts.scene.SceneRequest;
import io.showreel.messaging.Subscription;
import io.showreel.render.take.Fact;
import io.showreel.render.take.RenderTakes;
import org.apache.kafka.clients.admin.NewTopic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.TopicBuilder;
import reactor.core.publisher.Mono;

/** Reads {@code scene.requests}, and declares {@code scene.events}, which this service alone writes. */
@Configuration(proxyBeanMethods = false)
class SceneTopics {

    private static final Logger log = LoggerFactory.getLogger(SceneTopics.class);

    @Bean
    NewTopic sceneEvents() {
        return TopicBuilder.name(Topics.SCENE_EVENTS)
                .partitions(Topics.PARTITIONS)
                .build();
    }

    @Bean
    Subscription<SceneRequest> sceneRequests(RenderTakes takes) {
        return new Subscription<>(
                SceneRequest.TOPIC, SceneRequest.class, (request, delivery) -> handle(takes, request));
    }

    private static Mono<Void> handle(RenderTakes takes, SceneRequest request) {
        return switch (request) {
            case SceneRequest.CutRequested requested -> takes.request(requested);
            case SceneRequest.CutWithdrawn withdrawn -> takes.withdraw(withdrawn);
            case SceneRequest.TakeResolved resolved ->
                takes.record(resolved.takeId(), new Fact.Resolved(resolved.paid()))
                        .then();
            case SceneRequest.RenditionRequested ofStitch -> Mono.empty();
            case SceneRequest.TestTakeRequested trial ->
                Mono.fromRunnable(
                        () -> log.warn("Trial {} is not rendered: this version knows no trials", trial.takeId()));
            case SceneRequest.Unrecognised unrecognised -> Mono.empty();
        };
    }
}
