package io.showreel.asset.media;

import io.showreel.asset.Caller;
import io.showreel.asset.media.ImportedList.Failure;
import io.showreel.web.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Brings many files in at once; each succeeds or fails by itself. */
@Service
class BulkImports {

    private static final String ASSETS = "assets";
    private static final int MOST = 500;

    /** Of one request; many addresses are usually of one host, which may not like more. */
    private static final int AT_ONCE = 8;

    private final Imports imports;
    private final Assets assets;

    BulkImports(Imports imports, Assets assets) {
        this.imports = imports;
        this.assets = assets;
    }

    Mono<ImportedList> take(ObjectNode body, Caller caller, Function<Asset, AssetView> view) {
        var entries = entries(body);
        return Flux.range(0, entries.size())
                .flatMapSequential(at -> take(entries.get(at), at, caller), AT_ONCE, 1)
                .collectList()
                .map(outcomes -> summary(outcomes, view));
    }

    /** What became of one entry: an asset, or a failure. */
    private record Outcome(@Nullable Asset asset, @Nullable Failure failure) {}

    private Mono<Outcome> take(JsonNode entry, int at, Caller caller) {
        return Mono.defer(() -> {
                    if (!(entry instanceof ObjectNode description)) {
                        throw ApiException.invalid(ASSETS + "[" + at + "]", "must be an object");
                    }
                    if (!description.hasNonNull(Imports.SOURCE_URL)) {
                        throw ApiException.invalid(Imports.SOURCE_URL, "is required");
                    }
                    return imports.take(description, caller, assets::add);
                })
                .map(asset -> new Outcome(asset, null))
                .onErrorResume(
                        Exception.class,
                        trouble -> Mono.just(new Outcome(null, Failure.of(sourceOf(entry, at), trouble))));
    }

    private static ImportedList summary(List<Outcome> outcomes, Function<Asset, AssetView> view) {
        var created = new ArrayList<AssetView>();
        var errors = new ArrayList<Failure>();
        for (var outcome : outcomes) {
            if (outcome.asset() != null) {
                created.add(view.apply(outcome.asset()));
            }
            if (outcome.failure() != null) {
                errors.add(outcome.failure());
            }
        }
        return ImportedList.of(created, errors);
    }

    private static ArrayNode entries(ObjectNode body) {
        for (var field : body.propertyNames()) {
            if (!field.equals(ASSETS)) {
                throw ApiException.invalid(field, "is not a known field");
            }
        }
        if (!(body.get(ASSETS) instanceof ArrayNode entries)) {
            throw ApiException.invalid(ASSETS, "must be a list");
        }
        if (entries.isEmpty() || entries.size() > MOST) {
            throw ApiException.invalid(ASSETS, "must have 1 to " + MOST + " entries");
        }
        return entries;
    }

    private static String sourceOf(JsonNode entry, int at) {
        var url = entry.get(Imports.SOURCE_URL);
        return url != null && url.isString() ? url.asString() : ASSETS + "[" + at + "]";
    }
}
