package io.showreel.gateway.catalogue;

import io.showreel.contracts.Usd;
import io.showreel.gateway.job.ClipModel;
import io.showreel.gateway.job.MusicModel;
import io.showreel.messaging.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The models, as data: what can't be rendered or has no price is refused when a job is ordered, never paid and lost
 * later.
 */
@Component
public class Catalogue {

    private final Map<String, Clips> clips = new LinkedHashMap<>();
    private final Map<String, Music> music = new LinkedHashMap<>();

    Catalogue() {
        this("models.json");
    }

    Catalogue(String resource) {
        try (var in = new ClassPathResource(resource).getInputStream()) {
            var models = WireJson.mapper().readValue(in, Models.class);
            models.clips().forEach(model -> clips.put(model.name(), model));
            models.music().forEach(model -> music.put(model.name(), model));
        } catch (IOException e) {
            throw new UncheckedIOException("The catalogue of models can't be read", e);
        }
    }

    record Models(List<Clips> clips, List<Music> music) {}

    /**
     * @param lengths in seconds
     * @param pricePerSecond null if nobody knows it
     */
    record Clips(
            String name,
            List<Integer> lengths,
            List<String> ratios,
            boolean lastFrame,
            @Nullable Usd pricePerSecond) {}

    /** @param longest in seconds */
    record Music(String name, int longest, Usd pricePerTrack) {}

    /** What a clip model is asked for, or why it can't be. */
    public sealed interface Answer {
        record Fitting(ClipModel model) implements Answer {}

        /** @param details what is wrong, by the request's field */
        record Unfit(Map<String, List<String>> details) implements Answer {}
    }

    /** Why no clip can be rendered with a model, whatever is asked of it; null if some can. */
    public @Nullable String unusable(String name) {
        var model = clips.get(name);
        if (model == null) {
            return "is unknown; one of " + usable();
        }
        if (model.pricePerSecond() == null) {
            return "has no price; one of " + usable();
        }
        return model.lastFrame() ? null : "can't end at a given photo; one of " + usable();
    }

    public Answer clips(String name, Duration length, String ratio) {
        var model = clips.get(name);
        var unusable = unusable(name);
        if (model == null || model.pricePerSecond() == null || unusable != null) {
            return new Answer.Unfit(Map.of("video_model", List.of(String.valueOf(unusable))));
        }
        var fitting = new ClipModel(
                name, model.lengths().stream().map(Duration::ofSeconds).toList(), model.pricePerSecond());
        var details = new LinkedHashMap<String, List<String>>();
        if (!model.ratios().contains(ratio)) {
            details.put("aspect_ratio", List.of(name + " renders " + String.join(", ", model.ratios()) + " only"));
        }
        if (fitting.fitting(length).isEmpty()) {
            details.put(
                    "clip_duration",
                    List.of(name + " renders at most "
                            + fitting.lengths().getLast().toSeconds() + " seconds"));
        }
        return details.isEmpty() ? new Answer.Fitting(fitting) : new Answer.Unfit(details);
    }

    public MusicModel music(String name) {
        var model = music.get(name);
        if (model == null) {
            throw new IllegalStateException("The configured music model " + name + " is not in the catalogue");
        }
        return new MusicModel(name, Duration.ofSeconds(model.longest()), model.pricePerTrack());
    }

    private List<String> usable() {
        var usable = new ArrayList<String>();
        clips.values().stream()
                .filter(model -> model.lastFrame() && model.pricePerSecond() != null)
                .map(Clips::name)
                .forEach(usable::add);
        return usable;
    }
}
