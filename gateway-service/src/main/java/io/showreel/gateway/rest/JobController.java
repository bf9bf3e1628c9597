package io.showreel.gateway.rest;

import io.showreel.contracts.job.JobType;
import io.showreel.gateway.access.Caller;
import io.showreel.gateway.campaign.Campaigns;
import io.showreel.gateway.job.Command;
import io.showreel.gateway.job.Job;
import io.showreel.gateway.job.JobDesk;
import io.showreel.gateway.job.JobSettings;
import io.showreel.gateway.job.Jobs;
import io.showreel.gateway.job.Material;
import io.showreel.gateway.job.StoredJob;
import io.showreel.gateway.pipeline.Pipelines;
import io.showreel.gateway.rest.JobCommands.Request;
import io.showreel.gateway.rest.Requests.CreateJob;
import io.showreel.gateway.rest.Requests.FromImagePairs;
import io.showreel.gateway.rest.Requests.FromPropertyPhotos;
import io.showreel.gateway.rest.Requests.Money;
import io.showreel.gateway.rest.Views.CreatedJobWithLinks;
import io.showreel.gateway.rest.Views.GeneratedVideo;
import io.showreel.gateway.rest.Views.JobView;
import io.showreel.gateway.webhook.Addresses;
import io.showreel.messaging.PayloadTooLargeException;
import io.showreel.web.ApiException;
import io.showreel.web.Created;
import io.showreel.web.IdempotencyKey;
import io.showreel.web.IdempotencyKeys;
import io.showreel.web.JsonBody;
import io.showreel.web.Listed;
import io.showreel.web.Paging;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Jobs over HTTP. */
@RestController
@RequestMapping(Portrait.API)
class JobController {

    private static final int FEWEST_IMAGES = 2;

    private final Orders orders;
    private final Pipelines pipelines;
    private final Campaigns campaigns;
    private final Jobs jobs;
    private final JobDesk desk;
    private final JobCommands commands;
    private final IdempotencyKeys idempotency;
    private final Waiting waiting;
    private final Pages pages;
    private final Portrait portrait;
    private final Addresses webhooks;
    private final JobSettings settings;
    private final Clock clock;

    JobController(
            Orders orders,
            Pipelines pipelines,
            Campaigns campaigns,
            Jobs jobs,
            JobDesk desk,
            JobCommands commands,
            IdempotencyKeys idempotency,
            Waiting waiting,
            Pages pages,
            Portrait portrait,
            Addresses webhooks,
            JobSettings settings,
            Clock clock) {
        this.orders = orders;
        this.pipelines = pipelines;
        this.campaigns = campaigns;
        this.jobs = jobs;
        this.desk = desk;
        this.commands = commands;
        this.idempotency = idempotency;
        this.waiting = waiting;
        this.pages = pages;
        this.portrait = portrait;
        this.webhooks = webhooks;
        this.settings = settings;
        this.clock = clock;
    }

    @PostMapping("/campaigns/{campaignId}/create-job")
    Mono<ResponseEntity<CreatedJobWithLinks>> createJob(
            @PathVariable UUID campaignId,
            @RequestBody(required = false) @Nullable CreateJob body,
            ServerWebExchange exchange) {
        var asked = JsonBody.check(body == null ? CreateJob.DEFAULTS : body);
        return create(campaignId, JobType.IMAGE_PAIRS, asked, List.of(), asked, exchange)
                .map(created -> answer(
                        created,
                        job -> new CreatedJobWithLinks(portrait.created(job, false), Portrait.links(job.id()))));
    }

    @PostMapping("/jobs/from-image-pairs")
    Mono<ResponseEntity<Views.CreatedJob>> fromImagePairs(
            @RequestBody FromImagePairs body, ServerWebExchange exchange) {
        var asked = JsonBody.check(body);
        return create(asked.campaignId(), JobType.IMAGE_PAIRS, asked.asJob(), List.of(), asked, exchange)
                .map(created -> answer(created, job -> portrait.created(job, true)));
    }

    @PostMapping("/jobs/from-property-photos")
    Mono<ResponseEntity<Views.CreatedJob>> fromPropertyPhotos(
            @RequestBody FromPropertyPhotos body, ServerWebExchange exchange) {
        var asked = JsonBody.check(body);
        return create(asked.campaignId(), JobType.PROPERTY_PHOTOS, asked.asJob(), asked.types(), asked, exchange)
                .map(created -> answer(created, job -> portrait.created(job, true)));
    }

    private Mono<Created<StoredJob>> create(
            UUID campaignId,
            JobType type,
            CreateJob asked,
            List<String> sceneTypes,
            Object body,
            ServerWebExchange exchange) {
        var caller = Caller.of(exchange);
        var preference = Preference.of(exchange.getRequest().getHeaders().getValuesAsList("Prefer"));
        var key = IdempotencyKey.of(exchange.getRequest(), caller.name(), body);
        if (preference.async()) {
            exchange.getResponse().getHeaders().set("Preference-Applied", "respond-async");
        }
        return idempotency
                .remembered(key, id -> current(id, caller))
                .switchIfEmpty(Mono.defer(() -> plan(type, asked, sceneTypes)
                        .zipWhen(plan -> material(campaignId, caller))
                        .delayUntil(planned -> webhooks.check("webhook_url", asked.webhookUrl()))
                        .zipWhen(planned -> jobs.number(campaignId))
                        .flatMap(planned -> {
                            var plan = planned.getT1().getT1();
                            var material = planned.getT1().getT2();
                            return idempotency.once(
                                    key,
                                    desk.create(orders.order(plan, material, planned.getT2()), material)
                                            .map(stored -> new Created<>(
                                                    Long.toString(stored.id()),
                                                    preference.async() ? HttpStatus.ACCEPTED : HttpStatus.CREATED,
                                                    stored)),
                                    id -> current(id, caller));
                        })))
                .onErrorMap(PayloadTooLargeException.class, e -> tooLarge())
                .flatMap(created -> waiting.until(created.body(), JobController::selected, preference.patience())
                        .map(job -> new Created<>(created.resourceId(), created.status(), job)));
    }

    private Mono<Orders.Plan> plan(JobType type, CreateJob asked, List<String> sceneTypes) {
        return pipelines.current().map(pipeline -> orders.plan(type, asked, sceneTypes, pipeline));
    }

    private Mono<Material> material(UUID campaignId, Caller caller) {
        return campaigns
                .material(campaignId)
                .filter(material -> caller.sees(material.campaign().clientId()))
                .switchIfEmpty(Mono.error(() -> ApiException.notFound("campaign")))
                .flatMap(JobController::enough);
    }

    private static Mono<Material> enough(Material material) {
        return material.photos().size() < FEWEST_IMAGES
                ? Mono.error(new ApiException(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "no_assets",
                        "The campaign needs at least two images; it has "
                                + material.photos().size() + "."))
                : Mono.just(material);
    }

    private static ApiException tooLarge() {
        return new ApiException(
                HttpStatus.CONTENT_TOO_LARGE,
                "payload_too_large",
                "The campaign's photos and texts are too many for one job.");
    }

    private static boolean selected(StoredJob job) {
        return !(job.state() instanceof Job.Selecting);
    }

    private Mono<StoredJob> current(String id, Caller caller) {
        return jobs.find(Long.parseLong(id))
                .filter(job -> caller.sees(job.order().clientId()));
    }

    private static <T> ResponseEntity<T> answer(Created<StoredJob> created, Function<StoredJob, T> body) {
        return ResponseEntity.status(created.status())
                .header(
                        HttpHeaders.LOCATION,
                        Portrait.links(created.body().id()).self())
                .body(body.apply(created.body()));
    }

    @GetMapping(path = "/jobs/{jobId}", produces = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(
            responseCode = "200",
            description = "The job as it is",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    @ApiResponse(responseCode = "304", description = "If-None-Match names this very version", content = @Content)
    Mono<Void> show(@PathVariable long jobId, ServerWebExchange exchange) {
        return pages.page(jobId)
                .filter(page -> Caller.of(exchange).sees(page.clientId()))
                .switchIfEmpty(Mono.error(() -> ApiException.notFound("job")))
                .flatMap(page -> PageAnswer.write(exchange, page));
    }

    @GetMapping("/jobs")
    Mono<Listed<JobView>> list(
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(name = "campaign_id", required = false) @Nullable UUID campaignId,
            @RequestParam(name = "client_id", required = false) @Nullable UUID clientId,
            Paging paging,
            ServerWebExchange exchange) {
        var wanted = status == null ? null : status(status);
        return list(
                new Jobs.Filter(
                        null, wanted, campaignId, clientId, Caller.of(exchange).clients(), false),
                paging,
                portrait::job);
    }

    private static String status(String given) {
        var statuses = List.of("pending", "approved", "processing", "completed", "failed", "canceled");
        if (!statuses.contains(given.toLowerCase(Locale.ROOT))) {
            throw ApiException.invalid("status", "is none of " + String.join(", ", statuses));
        }
        return given.toLowerCase(Locale.ROOT);
    }

    @GetMapping("/generated-videos")
    Mono<Listed<GeneratedVideo>> videos(
            @RequestParam(name = "job_id", required = false) @Nullable Long jobId,
            @RequestParam(name = "campaign_id", required = false) @Nullable UUID campaignId,
            @RequestParam(name = "client_id", required = false) @Nullable UUID clientId,
            Paging paging,
            ServerWebExchange exchange) {
        return list(
                new Jobs.Filter(
                        jobId, null, campaignId, clientId, Caller.of(exchange).clients(), true),
                paging,
                portrait::video);
    }

    private <T> Mono<Listed<T>> list(Jobs.Filter filter, Paging paging, Function<StoredJob, T> view) {
        return jobs.count(filter)
                .zipWith(jobs.list(filter, paging.limit(), paging.offset())
                        .map(view)
                        .collectList())
                .map(both -> Listed.of(both.getT2(), both.getT1(), paging));
    }

    @PostMapping("/jobs/{jobId}/approve")
    Mono<ResponseEntity<JobView>> approve(
            @PathVariable long jobId, @RequestBody(required = false) @Nullable Money body, ServerWebExchange exchange) {
        var money = body == null ? Money.UNSAID : body;
        var seen = JobCommands.storyboard(exchange);
        return commands.execute(
                        Request.of(jobId, money, exchange),
                        job -> new Command.Approve(
                                seen, money.maxCost(), clock.instant().plus(settings.cutTime())))
                .map(commands::job);
    }

    @PostMapping("/jobs/{jobId}/cancel")
    Mono<ResponseEntity<JobView>> cancel(@PathVariable long jobId, ServerWebExchange exchange) {
        return commands.execute(Request.of(jobId, Map.of(), exchange), job -> new Command.Cancel())
                .map(commands::job);
    }

    @PostMapping("/jobs/{jobId}/retry")
    Mono<ResponseEntity<JobView>> retry(
            @PathVariable long jobId, @RequestBody(required = false) @Nullable Money body, ServerWebExchange exchange) {
        var money = body == null ? Money.UNSAID : body;
        return commands.execute(Request.of(jobId, money, exchange), job -> retry(job, money))
                .map(commands::job);
    }

    private Command retry(Job job, Money money) {
        var time = job instanceof Job.SelectionFailed ? settings.selectionTime() : settings.cutTime();
        return new Command.Retry(
                money.maxCost(), JobCommands.freshTakes(job), clock.instant().plus(time));
    }

    /** Another storyboard than all so far, of the photos that the campaign has now. */
    @PostMapping("/jobs/{jobId}/storyboard")
    Mono<ResponseEntity<JobView>> reselect(@PathVariable long jobId, ServerWebExchange exchange) {
        var preference = Preference.of(exchange.getRequest().getHeaders().getValuesAsList("Prefer"));
        var request = Request.of(jobId, Map.of(), exchange);
        var seen = JobCommands.storyboard(exchange);
        return commands.remembered(request)
                .switchIfEmpty(Mono.defer(() -> commands.visible(jobId, exchange)
                        .flatMap(job -> campaigns.material(job.order().campaignId()))
                        .switchIfEmpty(Mono.error(() -> ApiException.notFound("campaign")))
                        .flatMap(JobController::enough)
                        .flatMap(material -> commands.execute(
                                request,
                                job -> new Command.Reselect(
                                        material, seen, clock.instant().plus(settings.selectionTime()))))))
                .onErrorMap(PayloadTooLargeException.class, e -> tooLarge())
                .flatMap(done -> waiting.until(done.body(), JobController::selected, preference.patience())
                        .map(job -> commands.job(new Created<>(done.resourceId(), done.status(), job))));
    }

    @DeleteMapping("/jobs/{jobId}")
    @ApiResponse(responseCode = "204", description = "The job is gone, and its films with it", content = @Content)
    Mono<ResponseEntity<Void>> delete(@PathVariable long jobId, ServerWebExchange exchange) {
        return commands.execute(Request.of(jobId, Map.of(), exchange), job -> new Command.Delete())
                .thenReturn(ResponseEntity.noContent().build());
    }
}
