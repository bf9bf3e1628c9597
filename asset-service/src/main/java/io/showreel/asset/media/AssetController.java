package io.showreel.asset.media;

import io.showreel.asset.Caller;
import io.showreel.objects.ObjectStore;
import io.showreel.web.ApiException;
import io.showreel.web.Created;
import io.showreel.web.Described;
import io.showreel.web.IdempotencyKey;
import io.showreel.web.IdempotencyKeys;
import io.showreel.web.JsonBody;
import io.showreel.web.Listed;
import io.showreel.web.MediaLinks;
import io.showreel.web.One;
import io.showreel.web.Paging;
import io.showreel.web.RangedContent;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code /assets}, and those of one campaign. */
@RestController
@RequestMapping("/api/v3")
class AssetController {

    private final Assets assets;
    private final Uploads uploads;
    private final ManyUploads many;
    private final Imports imports;
    private final BulkImports bulk;
    private final LateThumbnails thumbnails;
    private final ObjectStore objects;
    private final MediaLinks links;
    private final IdempotencyKeys keys;

    AssetController(
            Assets assets,
            Uploads uploads,
            ManyUploads many,
            Imports imports,
            BulkImports bulk,
            LateThumbnails thumbnails,
            ObjectStore objects,
            MediaLinks links,
            IdempotencyKeys keys) {
        this.assets = assets;
        this.uploads = uploads;
        this.many = many;
        this.imports = imports;
        this.bulk = bulk;
        this.thumbnails = thumbnails;
        this.keys = keys;
        this.objects = objects;
        this.links = links;
    }

    @GetMapping("/assets")
    Mono<Listed<AssetView>> list(
            @RequestParam(name = "campaign_id", required = false) @Nullable UUID campaign,
            @RequestParam(name = "client_id", required = false) @Nullable UUID client,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String tag,
            Paging paging,
            Caller caller) {
        return list(new AssetFilter(campaign, client, typeOf(type), tag), paging, caller);
    }

    @GetMapping("/campaigns/{campaign}/assets")
    Mono<Listed<AssetView>> ofCampaign(
            @PathVariable UUID campaign,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String tag,
            Paging paging,
            Caller caller) {
        return assets.knowsCampaign(campaign, caller)
                .filter(Boolean::booleanValue)
                .switchIfEmpty(Mono.error(() -> ApiException.notFound("campaign")))
                .flatMap(known -> list(new AssetFilter(campaign, null, typeOf(type), tag), paging, caller));
    }

    @PostMapping(
            path = {"/assets", "/assets/unified"},
            consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Mono<One<AssetView>> upload(@RequestBody Flux<PartEvent> parts, Caller caller) {
        return uploads.take(parts, caller).map(this::show);
    }

    @PostMapping(
            path = {"/assets", "/assets/unified"},
            consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<One<AssetView>>> add(@RequestBody ObjectNode body, Caller caller, ServerHttpRequest request) {
        var key = IdempotencyKey.of(request, caller.keyName(), body);
        return imports.take(body, caller, kept -> keys.once(key, create(kept), id -> find(id, caller)))
                .map(created -> ResponseEntity.status(created.status()).body(show(created.body())));
    }

    @PostMapping("/assets/from-url")
    Mono<ResponseEntity<One<AssetView>>> addFromUrl(
            @RequestBody ObjectNode body, Caller caller, ServerHttpRequest request) {
        if (!body.hasNonNull(Imports.SOURCE_URL)) {
            throw ApiException.invalid(Imports.SOURCE_URL, "is required");
        }
        return add(body, caller, request);
    }

    @PostMapping("/assets/from-urls")
    @ResponseStatus(HttpStatus.CREATED)
    Mono<ImportedList> addFromUrls(@RequestBody ObjectNode body, Caller caller) {
        return bulk.take(body, caller, asset -> AssetView.of(asset, links));
    }

    @PostMapping(path = "/assets/from-files", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Mono<ImportedList> uploadMany(@RequestBody Flux<PartEvent> parts, Caller caller) {
        return many.take(parts, caller, asset -> AssetView.of(asset, links));
    }

    @GetMapping("/assets/{id}")
    Mono<One<AssetView>> find(@PathVariable UUID id, Caller caller) {
        return assets.find(id, caller).map(this::show).switchIfEmpty(Mono.error(AssetController::notFound));
    }

    @PatchMapping("/assets/{id}")
    Mono<One<AssetView>> change(@PathVariable UUID id, @RequestBody ObjectNode body, Caller caller) {
        return assets.change(id, caller, current -> JsonBody.change(ownerFor(current, body), body, AssetDraft.class))
                .map(this::show)
                .switchIfEmpty(Mono.error(AssetController::notFound));
    }

    @DeleteMapping("/assets/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(@PathVariable UUID id, Caller caller) {
        return assets.hide(id, caller)
                .filter(Boolean::booleanValue)
                .switchIfEmpty(Mono.error(AssetController::notFound))
                .then();
    }

    @RequestMapping(
            path = "/assets/{id}/data",
            method = {RequestMethod.GET, RequestMethod.HEAD})
    Mono<Void> data(
            @PathVariable UUID id,
            @RequestParam(name = "v", required = false) @Nullable String version,
            Caller caller,
            ServerWebExchange exchange) {
        return assets.find(id, caller)
                .filter(asset -> asset.isVersion(version))
                .switchIfEmpty(Mono.error(AssetController::notFound))
                .flatMap(asset -> RangedContent.serve(exchange, describe(asset, exchange), objects, asset.object()));
    }

    @RequestMapping(
            path = "/assets/{id}/thumbnail",
            method = {RequestMethod.GET, RequestMethod.HEAD})
    Mono<Void> thumbnail(
            @PathVariable UUID id,
            @RequestParam(name = "v", required = false) @Nullable String version,
            Caller caller,
            ServerWebExchange exchange) {
        return assets.find(id, caller)
                .switchIfEmpty(Mono.error(AssetController::notFound))
                .switchIfEmpty(Mono.error(AssetController::notFound))
                .filter(asset -> asset.isVersion(version))
                .flatMap(asset -> thumbnails.of(asset).map(thumbnail -> new Shown(asset, thumbnail)))
                .switchIfEmpty(Mono.error(() -> ApiException.notFound("thumbnail")))
                .flatMap(shown -> RangedContent.serve(
                        exchange,
                        describe(shown.asset(), shown.thumbnail(), exchange),
                        objects,
                        shown.thumbnail().object()));
    }

    private record Shown(Asset asset, Thumbnail thumbnail) {}

    private Mono<Listed<AssetView>> list(AssetFilter filter, Paging paging, Caller caller) {
        return assets.list(filter, paging, caller)
                .map(listed -> new Listed<>(
                        listed.data().stream()
                                .map(asset -> AssetView.of(asset, links))
                                .toList(),
                        listed.meta()));
    }

    private Mono<Created<Asset>> create(Kept kept) {
        return assets.add(kept).map(asset -> new Created<>(asset.id().toString(), HttpStatus.CREATED, asset));
    }

    private Mono<Asset> find(String id, Caller caller) {
        return assets.find(UUID.fromString(id), caller);
    }

    private One<AssetView> show(Asset asset) {
        return new One<>(AssetView.of(asset, links));
    }

    private Described describe(Asset asset, Thumbnail thumbnail, ServerWebExchange exchange) {
        return new Described(
                thumbnail.sha256(),
                asset.insertedAt(),
                thumbnail.size(),
                Thumbnail.CONTENT_TYPE,
                MediaFormat.fileName("thumbnail", Thumbnail.CONTENT_TYPE),
                cacheControl(exchange));
    }

    private Described describe(Asset asset, ServerWebExchange exchange) {
        return new Described(
                asset.sha256(),
                asset.insertedAt(),
                asset.size(),
                asset.contentType(),
                MediaFormat.fileName(asset.name(), asset.contentType()),
                cacheControl(exchange));
    }

    private String cacheControl(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        return links.cacheControl(request.getPath().value(), request.getQueryParams());
    }

    /** Who moves an asset to another campaign need not name that campaign's client. */
    private static AssetDraft ownerFor(AssetDraft current, ObjectNode changes) {
        return changes.hasNonNull("campaign_id") && !changes.has("client_id")
                ? new AssetDraft(current.name(), current.description(), current.tags(), null, null, current.metadata())
                : current;
    }

    private static @Nullable AssetType typeOf(@Nullable String given) {
        if (given == null) {
            return null;
        }
        return Arrays.stream(AssetType.values())
                .filter(type -> type.name().equalsIgnoreCase(given))
                .findFirst()
                .orElseThrow(() -> ApiException.invalid(
                        "type",
                        "must be one of "
                                + Arrays.stream(AssetType.values())
                                        .map(type -> type.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", "))));
    }

    private static ApiException notFound() {
        return ApiException.notFound("asset");
    }
}
