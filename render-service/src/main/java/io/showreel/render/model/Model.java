package io.showreel.render.model;

import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneRequest.TakeInput;
import io.showreel.contracts.scene.TakeKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model that can be paid for a take.
 *
 * @param version the hash of a community model's version; null for official models, which go by their name
 * @param inputs what the model calls the parts of a take
 * @param fixed inputs that are the same for every take
 * @param fixedForSeconds inputs that depend on the length
 * @param seconds lengths that it can make; empty when the length follows from the text
 * @param aspectRatios shapes that it can make; empty for sound
 * @param price of a prediction
 * @param priceForSeconds where the price depends on the length
 * @param options what it calls further wishes of a take, such as a voice
 * @param numberOptions the same for those that are numbers
 * @param typical how long a prediction usually takes
 */
public record Model(
        String name,
        @Nullable String version,
        TakeKind kind,
        Inputs inputs,
        Map<String, Object> fixed,
        @Nullable Map<String, Map<String, Object>> fixedForSeconds,
        @Nullable List<Integer> seconds,
        @Nullable List<String> aspectRatios,
        Price price,
        @Nullable Map<String, Price> priceForSeconds,
        @Nullable Map<String, String> options,
        @Nullable Map<String, String> numberOptions,
        Duration typical) {

    /** Names of a model's inputs; null for what it has no input for. */
    public record Inputs(
            String prompt,
            @Nullable String firstFrame,
            @Nullable String lastFrame,
            @Nullable String duration,
            @Nullable String aspectRatio,
            @Nullable String seed) {}

    /** One of the three. */
    public record Price(
            @Nullable Usd perSecond,
            @Nullable Usd perRun,
            @Nullable Usd perThousandCharacters) {

        private Usd of(TakeInput take) {
            var seconds = take.length() == null ? 0 : take.length().toSeconds();
            var price = BigDecimal.ZERO;
            if (perSecond != null) {
                price = price.add(perSecond.amount().multiply(BigDecimal.valueOf(seconds)));
            }
            if (perRun != null) {
                price = price.add(perRun.amount());
            }
            if (perThousandCharacters != null) {
                var characters = BigDecimal.valueOf(take.prompt().length());
                price = price.add(
                        perThousandCharacters.amount().multiply(characters).movePointLeft(3));
            }
            return new Usd(price);
        }
    }

    /** What it is called in a submission. */
    public String submittedAs() {
        return version == null ? name : version;
    }

    public Usd price(TakeInput take) {
        var special = priceForSeconds == null ? null : priceForSeconds.get(secondsOf(take));
        return Objects.requireNonNullElse(special, price).of(take);
    }

    /** Why the model can't make this take; null if it can. */
    public @Nullable String objection(TakeInput take) {
        if (take.kind() != kind) {
            return name + " makes no " + take.kind();
        }
        if (kind != TakeKind.SPEECH && seconds != null && !seconds.isEmpty()) {
            if (take.length() == null || !seconds.contains((int) take.length().toSeconds())) {
                return name + " can't make " + secondsOf(take) + " seconds";
            }
        }
        if (kind == TakeKind.CLIP && aspectRatios != null && !aspectRatios.contains(take.aspectRatio())) {
            return name + " can't make " + take.aspectRatio();
        }
        return null;
    }

    /** Whether it makes all of this take that the other model would make. */
    public boolean standsInFor(Model other, TakeInput take) {
        return objection(take) == null
                && (take.firstFrame() == null || takesFirstFrame() || !other.takesFirstFrame())
                && (take.lastFrame() == null || takesLastFrame() || !other.takesLastFrame())
                && take.options().keySet().stream().allMatch(option -> takes(option) || !other.takes(option));
    }

    private boolean takesFirstFrame() {
        return inputs.firstFrame() != null;
    }

    public boolean takesLastFrame() {
        return inputs.lastFrame() != null;
    }

    private boolean takes(String option) {
        return (options != null && options.containsKey(option))
                || (numberOptions != null && numberOptions.containsKey(option));
    }

    /**
     * The input of a prediction.
     *
     * @param firstFrame and lastFrame as addresses that the provider can read
     * @param seed makes a sound's input unlike every other
     */
    public Map<String, Object> input(
            TakeInput take, @Nullable String firstFrame, @Nullable String lastFrame, int seed) {
        var input = new HashMap<>(fixed);
        if (fixedForSeconds != null) {
            input.putAll(fixedForSeconds.getOrDefault(secondsOf(take), Map.of()));
        }
        put(input, inputs.prompt(), take.prompt());
        put(input, inputs.firstFrame(), firstFrame);
        put(input, inputs.lastFrame(), lastFrame);
        put(input, inputs.aspectRatio(), take.aspectRatio());
        if (take.length() != null) {
            put(input, inputs.duration(), (int) take.length().toSeconds());
        }
        if (kind != TakeKind.CLIP) {
            put(input, inputs.seed(), seed);
        }
        take.options().forEach((option, value) -> {
            put(input, options == null ? null : options.get(option), value);
            put(input, numberOptions == null ? null : numberOptions.get(option), number(value));
        });
        return input;
    }

    private static @Nullable BigDecimal number(String value) {
        try {
            return new BigDecimal(value);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String secondsOf(TakeInput take) {
        return take.length() == null ? "" : String.valueOf(take.length().toSeconds());
    }

    private static void put(Map<String, Object> input, @Nullable String name, @Nullable Object value) {
        if (name != null && value != null) {
            input.put(name, value);
        }
    }
}
