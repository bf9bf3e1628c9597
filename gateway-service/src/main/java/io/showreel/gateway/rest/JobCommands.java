package io.showreel.gateway.rest;

import io.showreel.gateway.access.Caller;
import io.showreel.gateway.job.Command;
import io.showreel.gateway.job.CommandRejected;
import io.showreel.gateway.job.Cut;
import io.showreel.gateway.job.Decision;
import io.showreel.gateway.job.Ids;
import io.showreel.gateway.job.Job;
import io.showreel.gateway.job.JobDesk;
import io.showreel.gateway.job.Jobs;
import io.showreel.gateway.job.StoredJob;
import io.showreel.web.ApiException;
import io.showreel.web.Created;
import io.showreel.web.IdempotencyKey;
import io.showreel.web.IdempotencyKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Carries out what a client asks of a job: once for each idempotency key, and for jobs that it may see. */
@Component
class JobCommands {

    private static final String UNKNOWN_SCENE = "scene_of_another_job";

    private final Jobs jobs;
    private final JobDesk desk;
    private final IdempotencyKeys idempotency;
    private final Pages pages;
    private final Portrait portrait;

    JobCommands(Jobs jobs, JobDesk desk, IdempotencyKeys idempotency, Pages pages, Portrait portrait) {
        this.jobs = jobs;
        this.desk = desk;
        this.idempotency = idempotency;
        this.pages = pages;
        this.portrait = portrait;
    }

    /**
     * A request for a job.
     *
     * @param body what was asked, which belongs to the idempotency key
     * @param status of the answer
     * @param resource what is answered with, if that is not the job itself
     */
    record Request(
            long jobId,
            Object body,
            HttpStatus status,
            @Nullable UUID resource,
            ServerWebExchange exchange) {

        static Request of(long jobId, Object body, ServerWebExchange exchange) {
            return new Request(jobId, body, HttpStatus.OK, null, exchange);
        }

        Request creating(UUID made) {
            return new Request(jobId, body, HttpStatus.CREATED, made, exchange);
        }
    }

    Mono<Created<StoredJob>> execute(Request request, Function<Job, Command> command) {
        return execute(request, () -> desk.execute(request.jobId(), command));
    }

    /** For what may return to a cut that has ended. */
    Mono<Created<StoredJob>> executeKnowing(Request request, BiFunction<Job, List<Cut>, Command> command) {
        return execute(request, () -> desk.executeKnowing(request.jobId(), command));
    }

    private Mono<Created<StoredJob>> execute(Request request, Supplier<Mono<StoredJob>> effect) {
        var caller = Caller.of(request.exchange());
        var key = IdempotencyKey.of(request.exchange().getRequest(), caller.name(), request.body());
        var resource = request.resource() == null
                ? Long.toString(request.jobId())
                : request.resource().toString();
        return visible(request.jobId(), request.exchange())
                .flatMap(job -> idempotency.once(
                        key,
                        Mono.defer(effect)
                                // Somebody may have deleted it since it was looked for.
                                .switchIfEmpty(Mono.error(() -> ApiException.notFound("job")))
                                .map(done -> new Created<>(resource, request.status(), done)),
                        id -> visible(request.jobId(), request.exchange())))
                .onErrorMap(CommandRejected.class, JobCommands::explain);
    }

    Mono<StoredJob> visible(long jobId, ServerWebExchange exchange) {
        return jobs.find(jobId)
                .filter(job -> Caller.of(exchange).sees(job.order().clientId()))
                .switchIfEmpty(Mono.error(() -> ApiException.notFound("job")));
    }

    /** What an earlier request with the same key brought about; empty if the world has to be asked first. */
    Mono<Created<StoredJob>> remembered(Request request) {
        var caller = Caller.of(request.exchange());
        var key = IdempotencyKey.of(request.exchange().getRequest(), caller.name(), request.body());
        return idempotency.remembered(key, id -> visible(request.jobId(), request.exchange()));
    }

    /** Tells a scene that is another job's from one that is nobody's. */
    <T> Mono<T> knowing(UUID sceneId, ServerWebExchange exchange, Mono<T> answer) {
        return answer.onErrorResume(
                ApiException.class,
                refused -> refused.code().equals(UNKNOWN_SCENE)
                        ? jobs.knowsScene(sceneId, Caller.of(exchange).clients())
                                .flatMap(known -> Mono.error(known ? refused : ApiException.notFound("scene")))
                        : Mono.error(refused));
    }

    static ApiException foreignScene() {
        return new ApiException(HttpStatus.UNPROCESSABLE_CONTENT, UNKNOWN_SCENE, "The scene belongs to another job.");
    }

    ResponseEntity<Views.JobView> job(Created<StoredJob> done) {
        return ResponseEntity.status(done.status())
                .eTag(pages.draw(done.body()).etag())
                .body(portrait.job(done.body()));
    }

    /** The storyboard that {@code If-Match} names, however many quotes stand around it; null if any will do. */
    static @Nullable String storyboard(ServerWebExchange exchange) {
        var ifMatch = exchange.getRequest().getHeaders().getFirst(HttpHeaders.IF_MATCH);
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return null;
        }
        return "\"" + ifMatch.strip().replaceFirst("^W/", "").replace("\"", "") + "\"";
    }

    /** Another id for each take of the latest cut, in case it has to be tried again. */
    static Map<UUID, UUID> freshTakes(Job job) {
        var cut = Job.cutOf(job);
        var fresh = new HashMap<UUID, UUID>();
        if (cut != null) {
            cut.takes().forEach(take -> fresh.put(take.id(), Ids.next()));
        }
        return fresh;
    }

    private static ApiException explain(CommandRejected rejected) {
        var message = String.valueOf(rejected.getMessage());
        return switch (rejected.code()) {
            case JOB_NOT_PENDING,
                    JOB_NOT_CANCELABLE,
                    JOB_NOT_RETRYABLE,
                    JOB_NOT_EDITABLE,
                    JOB_NOT_COMPLETED,
                    SCENE_BUSY,
                    INVALID_SCENE_TYPES,
                    TAKE_NOT_UNVERIFIABLE ->
                new ApiException(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        code(rejected.code()),
                        message,
                        Map.of(
                                "status", List.of(rejected.standing().statusName()),
                                "current_stage", List.of(rejected.standing().stageName())));
            case STORYBOARD_CHANGED -> new ApiException(HttpStatus.PRECONDITION_FAILED, "storyboard_changed", message);
            case JOB_BUSY, JOB_ACTIVE -> ApiException.conflict(code(rejected.code()), message);
            case SCENE_UNKNOWN -> foreignScene();
            case REVISION_UNKNOWN -> ApiException.notFound("revision any more");
            case SCENE_COUNT -> ApiException.invalid("scenes", message);
            case SCENE_ORDER -> ApiException.invalid("scene_ids", message);
            case SCENE_DURATION -> ApiException.invalid("duration", message);
            case TAKE_UNKNOWN -> ApiException.invalid("take_id", message);
            case CAP_LOWERED -> ApiException.invalid("max_cost", message);
        };
    }

    private static String code(Decision.Code code) {
        return code.name().toLowerCase(Locale.ROOT);
    }
}
