package io.showreel.gateway.rest;

import io.showreel.gateway.campaign.Campaigns;
import io.showreel.gateway.job.Command;
import io.showreel.gateway.job.Cut;
import io.showreel.gateway.job.Ids;
import io.showreel.gateway.job.Job;
import io.showreel.gateway.job.JobSettings;
import io.showreel.gateway.job.KeptCuts;
import io.showreel.gateway.job.Material;
import io.showreel.gateway.job.Scene;
import io.showreel.gateway.job.SceneChange;
import io.showreel.gateway.job.StoredJob;
import io.showreel.gateway.rest.JobCommands.Request;
import io.showreel.gateway.rest.Requests.EditScene;
import io.showreel.gateway.rest.Requests.Money;
import io.showreel.gateway.rest.Requests.NewScene;
import io.showreel.gateway.rest.Requests.SceneOrder;
import io.showreel.gateway.rest.Requests.TakeChoice;
import io.showreel.gateway.rest.Views.JobView;
import io.showreel.gateway.rest.Views.SceneList;
import io.showreel.gateway.rest.Views.SceneTakeList;
import io.showreel.gateway.rest.Views.SceneView;
import io.showreel.web.ApiException;
import io.showreel.web.Created;
import io.showreel.web.JsonBody;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Scenes over HTTP: changing them costs nothing; rendering one anew does. */
@RestController
@RequestMapping(Portrait.API + "/jobs/{jobId}/scenes")
class SceneController {

    private static final Duration USUAL_CLIP = Duration.ofSeconds(4);

    private final JobCommands commands;
    private final Campaigns campaigns;
    private final KeptCuts kept;
    private final ScenePortrait portrait;
    private final JobSettings settings;
    private final Clock clock;

    SceneController(
            JobCommands commands,
            Campaigns campaigns,
            KeptCuts kept,
            ScenePortrait portrait,
            JobSettings settings,
            Clock clock) {
        this.commands = commands;
        this.campaigns = campaigns;
        this.kept = kept;
        this.portrait = portrait;
        this.settings = settings;
        this.clock = clock;
    }

    @GetMapping
    Mono<SceneList> scenes(@PathVariable long jobId, ServerWebExchange exchange) {
        return commands.visible(jobId, exchange).map(portrait::scenes);
    }

    @GetMapping("/{sceneId}")
    Mono<SceneView> scene(@PathVariable long jobId, @PathVariable UUID sceneId, ServerWebExchange exchange) {
        return commands.knowing(
                sceneId, exchange, commands.visible(jobId, exchange).flatMap(job -> view(job, sceneId)));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Mono<ResponseEntity<SceneView>> add(
            @PathVariable long jobId, @RequestBody NewScene body, ServerWebExchange exchange) {
        var asked = JsonBody.check(body);
        var id = Ids.next();
        var request = Request.of(jobId, asked, exchange).creating(id);
        var seen = JobCommands.storyboard(exchange);
        return commands.remembered(request)
                .switchIfEmpty(Mono.defer(() -> material(jobId, exchange)
                        .flatMap(material -> commands.execute(
                                request,
                                job -> new Command.Edit(
                                        seen,
                                        new SceneChange.Add(scene(id, asked, material, job), asked.position()),
                                        Ids.next())))))
                .flatMap(done -> view(done.body(), UUID.fromString(done.resourceId()))
                        .map(view -> ResponseEntity.status(done.status()).body(view)));
    }

    private static Scene scene(UUID id, NewScene asked, Material material, Job job) {
        var storyboard = Job.storyboardOf(job);
        return new Scene(
                id,
                Ids.next(),
                Optional.ofNullable(asked.title())
                        .filter(title -> !title.isBlank())
                        .orElse("Scene "
                                + (storyboard == null ? 1 : storyboard.scenes().size() + 1)),
                asked.description(),
                asked.prompt(),
                asked.sceneType(),
                asked.groupName(),
                asked.duration() == null ? usualLength(job) : length(asked.duration()),
                Objects.requireNonNullElse(asked.transition(), "cut"),
                frame(asked.assetIds().getFirst(), material),
                frame(asked.assetIds().getLast(), material),
                null,
                null,
                List.of(),
                Optional.ofNullable(asked.textOverlay())
                        .filter(text -> !text.isEmpty())
                        .orElse(null),
                null);
    }

    private static Duration usualLength(Job job) {
        return job instanceof Job.Unborn ? USUAL_CLIP : Job.orderOf(job).wish().clipDuration();
    }

    @PutMapping("/{sceneId}")
    Mono<SceneView> edit(
            @PathVariable long jobId,
            @PathVariable UUID sceneId,
            @RequestBody EditScene body,
            ServerWebExchange exchange) {
        var asked = JsonBody.check(body);
        var request = Request.of(jobId, asked, exchange);
        var photos = asked.assetIds();
        return change(
                        sceneId,
                        request,
                        photos == null
                                ? Mono.just(Optional.empty())
                                : material(jobId, exchange).map(Optional::of),
                        (material, earlier) -> new SceneChange.Alter(
                                sceneId,
                                new SceneChange.Wishes(
                                        asked.title(),
                                        asked.description(),
                                        asked.prompt(),
                                        asked.sceneType(),
                                        asked.groupName(),
                                        asked.duration() == null ? null : length(asked.duration()),
                                        asked.transition(),
                                        photos == null ? null : frame(photos.getFirst(), material.orElseThrow()),
                                        photos == null ? null : frame(photos.getLast(), material.orElseThrow()),
                                        asked.textOverlay()),
                                Ids.next(),
                                earlier))
                .flatMap(done -> view(done.body(), sceneId));
    }

    @DeleteMapping("/{sceneId}")
    @ApiResponse(responseCode = "204", description = "The film will not have the scene any more", content = @Content)
    Mono<ResponseEntity<Void>> remove(
            @PathVariable long jobId, @PathVariable UUID sceneId, ServerWebExchange exchange) {
        var request = Request.of(jobId, Map.of(), exchange);
        return change(
                        sceneId,
                        request,
                        Mono.just(Optional.empty()),
                        (material, earlier) -> new SceneChange.Remove(sceneId))
                .thenReturn(ResponseEntity.noContent().build());
    }

    @PutMapping("/order")
    Mono<SceneList> arrange(@PathVariable long jobId, @RequestBody SceneOrder body, ServerWebExchange exchange) {
        var asked = JsonBody.check(body);
        var seen = JobCommands.storyboard(exchange);
        return commands.execute(
                        Request.of(jobId, asked, exchange),
                        job -> new Command.Edit(seen, new SceneChange.Arrange(asked.sceneIds()), Ids.next()))
                .map(done -> portrait.scenes(done.body()));
    }

    /** This scene anew, with its own changes alone; what else was changed waits. */
    @PostMapping("/{sceneId}/regenerate")
    Mono<ResponseEntity<JobView>> regenerate(
            @PathVariable long jobId,
            @PathVariable UUID sceneId,
            @RequestBody(required = false) @Nullable Money body,
            ServerWebExchange exchange) {
        var money = body == null ? Money.UNSAID : body;
        return commands.knowing(
                        sceneId,
                        exchange,
                        commands.executeKnowing(
                                Request.of(jobId, money, exchange),
                                (job, earlier) -> new Command.Regenerate(
                                        sceneId,
                                        Ids.next(),
                                        Ids.next(),
                                        money.maxCost(),
                                        JobCommands.freshTakes(job),
                                        earlier,
                                        clock.instant().plus(settings.cutTime()))))
                .map(commands::job);
    }

    /** What was ever rendered for this scene and is still kept, the newest first. */
    @GetMapping("/{sceneId}/takes")
    Mono<SceneTakeList> takes(@PathVariable long jobId, @PathVariable UUID sceneId, ServerWebExchange exchange) {
        return commands.knowing(
                sceneId,
                exchange,
                commands.visible(jobId, exchange)
                        .flatMap(job -> view(job, sceneId).thenReturn(job))
                        .flatMap(job -> kept.of(jobId).map(cuts -> portrait.takes(job, sceneId, cuts))));
    }

    @PutMapping("/{sceneId}/take")
    Mono<SceneView> goBack(
            @PathVariable long jobId,
            @PathVariable UUID sceneId,
            @RequestBody TakeChoice body,
            ServerWebExchange exchange) {
        var asked = JsonBody.check(body);
        return change(
                        sceneId,
                        Request.of(jobId, asked, exchange),
                        Mono.just(Optional.empty()),
                        (material, earlier) -> new SceneChange.GoBack(sceneId, asked.takeId(), earlier))
                .flatMap(done -> view(done.body(), sceneId));
    }

    /** A change of one scene, given the campaign's photos, if they were asked for, and the cuts that have ended. */
    private interface Change {
        SceneChange of(Optional<Material> material, List<Cut> earlier);
    }

    private Mono<Created<StoredJob>> change(
            UUID sceneId, Request request, Mono<Optional<Material>> photos, Change change) {
        var seen = JobCommands.storyboard(request.exchange());
        Function<Optional<Material>, Mono<Created<StoredJob>>> execute = material -> commands.executeKnowing(
                request, (job, earlier) -> new Command.Edit(seen, change.of(material, earlier), Ids.next()));
        return commands.knowing(
                sceneId,
                request.exchange(),
                commands.remembered(request).switchIfEmpty(Mono.defer(() -> photos.flatMap(execute))));
    }

    /** What the campaign's photos are now; asked before the transaction. */
    private Mono<Material> material(long jobId, ServerWebExchange exchange) {
        return commands.visible(jobId, exchange)
                .flatMap(job -> campaigns.material(job.order().campaignId()))
                .switchIfEmpty(Mono.error(() -> ApiException.notFound("campaign")));
    }

    private Mono<SceneView> view(StoredJob job, UUID sceneId) {
        return Mono.justOrEmpty(portrait.scenes(job).scenes().stream()
                        .filter(scene -> scene.id().equals(sceneId))
                        .findFirst())
                .switchIfEmpty(Mono.error(JobCommands::foreignScene));
    }

    private static Scene.Frame frame(UUID assetId, Material material) {
        return material.object(assetId)
                .map(object -> new Scene.Frame(assetId, object))
                .orElseThrow(() -> ApiException.invalid("asset_ids", assetId + " is no photo of the job's campaign"));
    }

    private static Duration length(BigDecimal seconds) {
        return Duration.ofMillis(
                seconds.movePointRight(3).setScale(0, RoundingMode.HALF_UP).longValueExact());
    }
}
