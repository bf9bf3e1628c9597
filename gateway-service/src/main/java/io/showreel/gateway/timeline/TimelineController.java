package io.showreel.gateway.timeline;

import io.showreel.gateway.access.Caller;
import io.showreel.gateway.job.Jobs;
import io.showreel.gateway.job.StoredJob;
import io.showreel.web.ApiException;
import io.showreel.web.Listed;
import io.showreel.web.Paging;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A job's timeline over HTTP, as a list and as a stream. */
@RestController
class TimelineController {

    private static final String PATH = "/api/v3/jobs/{jobId}/events";
    private static final Duration RECONNECT = Duration.ofSeconds(2);

    private final Jobs jobs;
    private final Timeline timeline;
    private final Feed feed;
    private final StreamSettings settings;

    TimelineController(Jobs jobs, Timeline timeline, Feed feed, StreamSettings settings) {
        this.jobs = jobs;
        this.timeline = timeline;
        this.feed = feed;
        this.settings = settings;
    }

    /** Oldest first. */
    @GetMapping(PATH)
    Mono<Listed<Moment>> list(@PathVariable long jobId, Paging paging, ServerWebExchange exchange) {
        return visible(jobId, exchange).flatMap(job -> timeline.count(jobId)
                .zipWith(timeline.page(jobId, paging.limit(), paging.offset()))
                .map(both -> Listed.of(both.getT2(), both.getT1(), paging)));
    }

    /**
     * First what happened after {@code Last-Event-ID}, then what happens. Progress comes between as events without an id,
     * so that it moves nobody's place.
     */
    @GetMapping(path = PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @ApiResponse(
            responseCode = "200",
            description = "Moments as events named by their type, and events named progress without an id",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = Moment.class)))
    Mono<ResponseEntity<Flux<ServerSentEvent<Object>>>> stream(
            @PathVariable long jobId,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            ServerWebExchange exchange) {
        return visible(jobId, exchange).map(job -> ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                // Proxies that gather answers would hold the events back.
                .header("X-Accel-Buffering", "no")
                .body(events(jobId, place(lastEventId))));
    }

    private Mono<StoredJob> visible(long jobId, ServerWebExchange exchange) {
        return jobs.find(jobId)
                .filter(job -> Caller.of(exchange).sees(job.order().clientId()))
                .switchIfEmpty(Mono.error(() -> ApiException.notFound("job")));
    }

    private Flux<ServerSentEvent<Object>> events(long jobId, long after) {
        var ended = Sinks.<Void>empty();
        var notices = feed.from(jobId, after).map(TimelineController::event).doOnTerminate(ended::tryEmitEmpty);
        return Flux.concat(
                        Mono.just(ServerSentEvent.builder()
                                .retry(RECONNECT)
                                .comment("job " + jobId)
                                .build()),
                        Flux.merge(1, notices, beats().takeUntilOther(ended.asMono())))
                .onErrorComplete(Exceptions::isOverflow);
    }

    /** Overflows, and so ends the stream, when all buffers are full and its reader takes nothing for two beats. */
    private Flux<ServerSentEvent<Object>> beats() {
        return Flux.interval(settings.heartbeat())
                .map(beat -> ServerSentEvent.builder().comment("heartbeat").build());
    }

    private static ServerSentEvent<Object> event(Notice notice) {
        return switch (notice) {
            case Notice.Happened happened ->
                ServerSentEvent.<Object>builder(happened.moment())
                        .id(Long.toString(happened.moment().id()))
                        .event(happened.moment().type())
                        .build();
            case Notice.Stands stands ->
                ServerSentEvent.<Object>builder(stands.progress())
                        .event("progress")
                        .build();
        };
    }

    /** A place that nobody can have been given is the beginning. */
    private static long place(@Nullable String lastEventId) {
        return lastEventId != null && lastEventId.strip().matches("\\d{1,9}") ? Long.parseLong(lastEventId.strip()) : 0;
    }
}
