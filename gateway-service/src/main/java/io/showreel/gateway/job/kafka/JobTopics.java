package io.showreel.gateway.job.kafka;

import io.showreel.contracts.Topics;
import io.showreel.contracts.scene.SceneEvent;
import io.showreel.contracts.storyboard.StoryboardEvent;
import io.showreel.contracts.video.VideoEvent;
import io.showreel.gateway.job.Fact;
import io.showreel.gateway.job.Ids;
import io.showreel.gateway.job.JobDesk;
import io.showreel.gateway.job.JobSettings;
import io.showreel.gateway.job.Problem;
import io.showreel.messaging.Subscription;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import reactor.core.publisher.Mono;

/** Declares the topics that the gateway writes, and hands on what it reads from the others. */
@Configuration(proxyBeanMethods = false)
class JobTopics {

    private static final Duration KEPT = Duration.ofDays(7);

    @Bean
    KafkaAdmin.NewTopics topicsOfTheGateway() {
        return new KafkaAdmin.NewTopics(
                topic(Topics.JOB_COMMANDS), topic(Topics.SCENE_REQUESTS), topic(Topics.JOB_EVENTS));
    }

    private static NewTopic topic(String name) {
        return TopicBuilder.name(name)
                .partitions(Topics.PARTITIONS)
                .config(TopicConfig.RETENTION_MS_CONFIG, Long.toString(KEPT.toMillis()))
                .build();
    }

    @Bean
    Subscription<StoryboardEvent> storyboardEvents(JobDesk desk, JobSettings settings, Clock clock) {
        return new Subscription<>(StoryboardEvent.TOPIC, StoryboardEvent.class, (event, delivery) -> switch (event) {
            case StoryboardEvent.StoryboardSelected selected ->
                desk.record(selected.jobId(), chosen(selected, settings, clock));
            case StoryboardEvent.SelectionFailed failed ->
                desk.record(
                        failed.jobId(),
                        new Fact.SelectionRefused(failed.selection(), Problem.of(failed.code(), failed.message())));
            case StoryboardEvent.Unrecognised unrecognised -> Mono.empty();
        });
    }

    private static Fact chosen(StoryboardEvent.StoryboardSelected selected, JobSettings settings, Clock clock) {
        return new Fact.StoryboardChosen(
                selected.selection(),
                selected.scenes(),
                selected.origin(),
                selected.music(),
                selected.scenes().stream()
                        .map(scene -> new Fact.SceneIds(Ids.next(), Ids.next()))
                        .toList(),
                Ids.next(),
                clock.instant().plus(settings.cutTime()));
    }

    @Bean
    Subscription<SceneEvent> sceneEvents(JobDesk desk) {
        return new Subscription<>(SceneEvent.TOPIC, SceneEvent.class, (event, delivery) -> switch (event) {
            case SceneEvent.TakeStarted e -> desk.record(e.jobId(), new Fact.OfScene(e));
            case SceneEvent.TakeProgressed e -> desk.record(e.jobId(), new Fact.OfScene(e));
            case SceneEvent.TakeRendered e -> desk.record(e.jobId(), new Fact.OfScene(e));
            case SceneEvent.TakeLost e -> desk.record(e.jobId(), new Fact.OfScene(e));
            case SceneEvent.TakeWithdrawn e -> desk.record(e.jobId(), new Fact.OfScene(e));
            case SceneEvent.TakeUnverifiable e -> desk.record(e.jobId(), new Fact.OfScene(e));
            case SceneEvent.CutClosed e -> desk.record(e.jobId(), new Fact.OfScene(e));
            case SceneEvent.Unrecognised e -> Mono.empty();
        });
    }

    @Bean
    Subscription<VideoEvent> videoEvents(JobDesk desk) {
        return new Subscription<>(VideoEvent.TOPIC, VideoEvent.class, (event, delivery) -> switch (event) {
            case VideoEvent.CuttingStarted e -> desk.record(e.jobId(), new Fact.OfFilm(e));
            case VideoEvent.CuttingProgressed e -> desk.record(e.jobId(), new Fact.OfFilm(e));
            case VideoEvent.FilmPublished e -> desk.record(e.jobId(), new Fact.OfFilm(e));
            case VideoEvent.CuttingFailed e -> desk.record(e.jobId(), new Fact.OfFilm(e));
            case VideoEvent.ClipShown e -> desk.record(e.jobId(), new Fact.OfFilm(e));
            case VideoEvent.FilmShown e -> desk.record(e.jobId(), new Fact.OfFilm(e));
            case VideoEvent.CuttingHeld e -> desk.record(e.jobId(), new Fact.OfFilm(e));
            case VideoEvent.RenditionPublished e -> desk.record(e.jobId(), new Fact.OfFilm(e));
            case VideoEvent.RenditionFailed e -> desk.record(e.jobId(), new Fact.OfFilm(e));
            case VideoEvent.Unrecognised e -> Mono.empty();
        });
    }
}
