package io.showreel.stitch.assembly.kafka;

import io.showreel.contracts.Topics;
import io.showreel.contracts.job.JobEvent;
import io.showreel.contracts.scene.SceneEvent;
import io.showreel.contracts.scene.SceneRequest;
import io.showreel.contracts.video.VideoEvent;
import io.showreel.messaging.Subscription;
import io.showreel.stitch.assembly.AssembleFilms;
import io.showreel.stitch.assembly.Assembly.Fact;
import io.showreel.stitch.assembly.CutId;
import io.showreel.stitch.assembly.Outcome;
import io.showreel.stitch.assembly.Plan;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.TopicBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads what the gateway asks for, what became of the takes, and whose media are no longer wanted; declares the topic that stitch writes. */
@Configuration(proxyBeanMethods = false)
class AssemblySubscriptions {

    private final AssembleFilms assembling;

    AssemblySubscriptions(AssembleFilms assembling) {
        this.assembling = assembling;
    }

    @Bean
    NewTopic videoEvents() {
        return TopicBuilder.name(VideoEvent.TOPIC).partitions(Topics.PARTITIONS).build();
    }

    @Bean
    Subscription<SceneRequest> sceneRequests() {
        return new Subscription<>(SceneRequest.TOPIC, SceneRequest.class, (request, delivery) -> on(request));
    }

    @Bean
    Subscription<SceneEvent> sceneEvents() {
        return new Subscription<>(SceneEvent.TOPIC, SceneEvent.class, (event, delivery) -> on(event));
    }

    @Bean
    Subscription<JobEvent> jobEvents() {
        return new Subscription<>(JobEvent.TOPIC, JobEvent.class, (event, delivery) -> on(event));
    }

    private Mono<Void> on(SceneRequest request) {
        return switch (request) {
            case SceneRequest.CutRequested r -> record(r.jobId(), r.cut(), new Fact.Planned(Plan.of(r)));
            case SceneRequest.CutWithdrawn w ->
                record(w.jobId(), w.cut(), new Fact.CutWithdrawn())
                        .then(assembling.withdraw(w.jobId(), cut -> cut == w.cut()));
            case SceneRequest.RenditionRequested r -> on(r);
            case SceneRequest.TakeResolved ofRender -> Mono.empty();
            case SceneRequest.TestTakeRequested ofRender -> Mono.empty();
            case SceneRequest.Unrecognised unknown -> Mono.empty();
        };
    }

    private Mono<Void> on(SceneEvent event) {
        return switch (event) {
            case SceneEvent.TakeRendered t ->
                record(t.jobId(), t.cut(), new Fact.TakeSettled(t.takeId(), Outcome.rendered(t.object(), t.quality())));
            case SceneEvent.TakeLost t -> record(t.jobId(), t.cut(), new Fact.TakeSettled(t.takeId(), Outcome.MISSING));
            case SceneEvent.TakeWithdrawn t ->
                record(t.jobId(), t.cut(), new Fact.TakeSettled(t.takeId(), Outcome.MISSING));
            case SceneEvent.TakeStarted unfinished -> Mono.empty();
            case SceneEvent.TakeProgressed unfinished -> Mono.empty();
            case SceneEvent.TakeUnverifiable unfinished -> Mono.empty();
            case SceneEvent.CutClosed ofTheMoney -> Mono.empty();
            case SceneEvent.Unrecognised unknown -> Mono.empty();
        };
    }

    private Mono<Void> on(JobEvent event) {
        return switch (event) {
            case JobEvent.JobDeleted d -> assembling.withdraw(d.jobId(), cut -> true);
            case JobEvent.MediaRetired r ->
                assembling.withdraw(r.jobId(), cut -> r.cuts().contains(cut));
            case JobEvent.JobCreated ofTheJob -> Mono.empty();
            case JobEvent.StoryboardReady ofTheJob -> Mono.empty();
            case JobEvent.JobApproved ofTheJob -> Mono.empty();
            case JobEvent.JobCompleted ofTheJob -> Mono.empty();
            case JobEvent.JobFailed ofTheJob -> Mono.empty();
            case JobEvent.JobCanceled ofTheJob -> Mono.empty();
            case JobEvent.CutClosed ofTheMoney -> Mono.empty();
            case JobEvent.PhotosAdded ofTheJob -> Mono.empty();
            case JobEvent.Unrecognised unknown -> Mono.empty();
        };
    }

    /** All takes are there already; the plan comes last, so that nothing is waited for. */
    private Mono<Void> on(SceneRequest.RenditionRequested request) {
        var rendition = new CutId(request.jobId(), request.cut(), request.renditionId());
        var takes = Flux.fromIterable(request.takes())
                .map(take -> new Fact.TakeSettled(take.takeId(), Outcome.rendered(take.object())));
        return takes.concatMap(take -> assembling.record(rendition, take))
                .then(assembling.record(rendition, new Fact.Planned(Plan.of(request))))
                .then();
    }

    private Mono<Void> record(long jobId, int cut, Fact fact) {
        return assembling.record(new CutId(jobId, cut), fact).then();
    }
}
