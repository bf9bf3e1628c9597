package io.showreel.sandbox.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model, as {@code models.json} describes it.
 *
 * @param hash    the version that a community model is run by; official models have none
 * @param input   JSON schema of the input
 * @param refuses combinations that pass the schema and fail the run
 * @param frames  what images the model can work with
 * @param clip    for models that make a clip
 * @param sound   for models that make music or speech
 * @param prices  the first whose condition holds is paid
 */
public record Model(
        String name,
        @Nullable String hash,
        String description,
        InputSchema input,
        @Nullable List<Refusal> refuses,
        @Nullable FrameLimits frames,
        @Nullable Clip clip,
        @Nullable Sound sound,
        List<Price> prices) {

    /** A combination of inputs that the model can't work with. */
    public record Refusal(Map<String, JsonNode> when, String error) {}

    /** @param ratio the widest shape, as width by height; its inverse is the narrowest */
    public record FrameLimits(
            @Nullable Integer minShortSide,
            @Nullable Long maxBytes,
            @Nullable BigDecimal ratio) {}

    /** A value that is fixed or comes from an input. */
    public record Value(
            @Nullable String input,
            @Nullable Map<String, JsonNode> values,
            @Nullable JsonNode fixed) {
        Optional<JsonNode> in(ObjectNode inputs) {
            if (fixed != null) {
                return Optional.of(fixed);
            }
            var given = input == null ? null : inputs.get(input);
            if (given == null) {
                return Optional.empty();
            }
            return values == null ? Optional.of(given) : Optional.ofNullable(values.get(given.asString()));
        }
    }

    /**
     * How a clip follows from the inputs.
     *
     * @param first          name of the input that holds the first frame
     * @param last           name of the input that holds the last frame
     * @param lines          the shorter side in pixels
     * @param ratio          width by height as {@code 16:9}; absent: the first frame's
     * @param followsFrame whether the first frame's shape comes before the ratio
     */
    public record Clip(
            @Nullable String first,
            @Nullable String last,
            @Nullable Value seconds,
            @Nullable Value frames,
            @Nullable Value fps,
            Value lines,
            @Nullable Value ratio,
            boolean followsFrame,
            @Nullable Value audio) {}

    /** How music or speech follows from the inputs; without seconds, from the text. */
    public record Sound(
            Kind kind, @Nullable Value seconds, @Nullable String text, Value format, Value sampleRate) {}

    /** What a sound model makes. */
    public enum Kind {
        MUSIC,
        SPEECH
    }

    /** A price, a second or a thousand characters or a run. */
    public record Price(
            @Nullable Map<String, JsonNode> when,
            @Nullable BigDecimal perSecond,
            @Nullable BigDecimal perThousandCharacters,
            @Nullable BigDecimal perRun) {}

    public boolean isOfficial() {
        return hash == null;
    }

    /** Official models show no version. */
    public String version() {
        return hash == null ? "hidden" : hash;
    }

    /** The inputs with the defaults of those that were left out. */
    public ObjectNode complete(ObjectNode given) {
        var complete = given.deepCopy();
        input.properties().forEach((name, property) -> {
            var value = property.get("default");
            if (value != null && !complete.has(name)) {
                complete.set(name, value);
            }
        });
        return complete;
    }

    /** Why a run with these (complete) inputs fails, if it does. */
    public Optional<String> refusal(ObjectNode complete) {
        return Optional.ofNullable(refuses).stream()
                .flatMap(List::stream)
                .filter(refusal -> holds(refusal.when(), complete))
                .map(Refusal::error)
                .findFirst();
    }

    /** What a run with these (complete) inputs costs. */
    public BigDecimal price(ObjectNode complete) {
        return prices.stream()
                .filter(price -> price.when() == null || holds(price.when(), complete))
                .findFirst()
                .map(price -> cost(price, complete))
                .orElse(BigDecimal.ZERO)
                .setScale(4, RoundingMode.HALF_UP);
    }

    public int clipFps(ObjectNode complete) {
        return number(clip == null ? null : clip.fps(), complete).orElse(24);
    }

    public int clipFrames(ObjectNode complete) {
        if (clip == null) {
            return 0;
        }
        return number(clip.frames(), complete)
                .orElseGet(() -> number(clip.seconds(), complete).orElse(5) * clipFps(complete));
    }

    /** The text that speech says. */
    public String text(ObjectNode complete) {
        return sound == null || sound.text() == null
                ? ""
                : complete.path(sound.text()).asString("");
    }

    public Optional<JsonNode> value(@Nullable Value value, ObjectNode complete) {
        return Optional.ofNullable(value).flatMap(known -> known.in(complete));
    }

    private Optional<Integer> number(@Nullable Value value, ObjectNode complete) {
        return value(value, complete).map(JsonNode::asInt);
    }

    private BigDecimal cost(Price price, ObjectNode complete) {
        if (price.perSecond() != null) {
            return price.perSecond().multiply(seconds(complete));
        }
        if (price.perThousandCharacters() != null) {
            return price.perThousandCharacters()
                    .multiply(BigDecimal.valueOf(text(complete).length()))
                    .movePointLeft(3);
        }
        return price.perRun() == null ? BigDecimal.ZERO : price.perRun();
    }

    private BigDecimal seconds(ObjectNode complete) {
        if (clip != null) {
            return BigDecimal.valueOf(clipFrames(complete))
                    .divide(BigDecimal.valueOf(clipFps(complete)), 6, RoundingMode.HALF_UP);
        }
        return BigDecimal.valueOf(
                sound == null ? 0 : number(sound.seconds(), complete).orElse(0));
    }

    /** A condition names inputs with their value, or with {@code {"present": true|false}}. */
    private static boolean holds(Map<String, JsonNode> when, ObjectNode complete) {
        return when.entrySet().stream().allMatch(condition -> {
            var given = complete.get(condition.getKey());
            var wanted = condition.getValue();
            if (wanted.has("present")) {
                return wanted.get("present").asBoolean() == (given != null);
            }
            return given != null && given.asString().equals(wanted.asString());
        });
    }
}
