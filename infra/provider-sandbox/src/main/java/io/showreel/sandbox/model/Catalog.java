package io.showreel.sandbox.model;

import io.showreel.sandbox.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** All models, and the rule by which a {@code version} names one. */
public final class Catalog {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final Map<String, Model> byName;

    private record Listing(List<Model> models) {}

    private Catalog(List<Model> models) {
        byName = models.stream().collect(Collectors.toUnmodifiableMap(Model::name, Function.identity()));
    }

    public static Catalog load() {
        var resource = "/io/showreel/sandbox/models.json";
        try (var in = Objects.requireNonNull(Catalog.class.getResourceAsStream(resource), resource)) {
            return new Catalog(Json.MAPPER.readValue(in, Listing.class).models());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Optional<Model> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** {@code owner/name} for official models; {@code owner/name:hash} or the hash alone for the others. */
    public Optional<Model> version(String version) {
        int colon = version.indexOf(':');
        if (colon >= 0) {
            var hash = version.substring(colon + 1);
            return named(version.substring(0, colon)).filter(model -> hash.equals(model.hash()));
        }
        if (HASH.matcher(version).matches()) {
            return byName.values().stream()
                    .filter(model -> version.equals(model.hash()))
                    .findFirst();
        }
        return named(version).filter(Model::isOfficial);
    }
}
