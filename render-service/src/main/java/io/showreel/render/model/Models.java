package io.showreel.render.model;

import io.showreel.messaging.WireJson;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** The models that takes can be rendered with. */
@Component
public class Models {

    private final Map<String, Model> models = new LinkedHashMap<>();

    Models(ModelSettings settings) throws IOException {
        try (var json = settings.catalogue().getInputStream()) {
            var read = WireJson.mapper().readValue(json, new TypeReference<List<Model>>() {});
            read.forEach(model -> models.put(model.name(), model));
        }
    }

    public Optional<Model> named(String name) {
        return Optional.ofNullable(models.get(name));
    }

    public Collection<Model> all() {
        return List.copyOf(models.values());
    }
}
