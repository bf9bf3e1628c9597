package io.showreel.render.model;

import io.showreel.messaging.WireJson;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** The models that takes can be rendered with. */
@Component
public class Models {

    private final Map<String, Model> models = new LinkedHashMap<>();
    private final Map<String, String> fallbacks;

    /** @throws IllegalStateException if a fallback is no known model */
    Models(ModelSettings settings) throws IOException {
        this.fallbacks = Map.copyOf(settings.fallbacks());
        try (var json = settings.catalogue().getInputStream()) {
            var read = WireJson.mapper().readValue(json, new TypeReference<List<Model>>() {});
            read.forEach(model -> models.put(model.name(), model));
        }
        fallbacks.forEach((model, fallback) -> {
            if (!models.containsKey(model) || !models.containsKey(fallback)) {
                throw new IllegalStateException(
                        "The fallback of %s to %s names an unknown model".formatted(model, fallback));
            }
        });
    }

    /** The built-in catalogue. */
    public static Models of(Map<String, String> fallbacks) throws IOException {
        return new Models(new ModelSettings(new ClassPathResource("models.json"), fallbacks));
    }

    /** What renders a take while its model is shut. */
    public Optional<Model> fallbackOf(String name) {
        return Optional.ofNullable(fallbacks.get(name)).map(models::get);
    }

    public Optional<Model> named(String name) {
        return Optional.ofNullable(models.get(name));
    }

    public Collection<Model> all() {
        return List.copyOf(models.values());
    }
}
