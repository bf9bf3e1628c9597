package io.showreel.sandbox.prediction;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What happened to a prediction; the journal holds these. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "fact")
public sealed interface Fact {
    String id();

    /**
     * @param price what the prediction costs if it is charged
     * @param fate  what is to go wrong, if anything is
     */
    record Created(
            String id,
            Instant at,
            String account,
            String model,
            String version,
            ObjectNode input,
            String inputSha256,
            @Nullable String attempt,
            @Nullable Hook hook,
            @Nullable Instant deadline,
            BigDecimal price,
            @Nullable Fate fate)
            implements Fact {}

    /** All that was known of a prediction when the sandbox started; stands for its earlier facts. */
    record Restored(String id, Prediction prediction) implements Fact {}

    record Started(String id, Instant at) implements Fact {}

    /** @param output path of the file on the delivery origin */
    record Succeeded(String id, Instant at, String output) implements Fact {}

    record Failed(String id, Instant at, String error) implements Fact {}

    record CancelRequested(String id, Instant at) implements Fact {}

    record DeadlineReached(String id, Instant at) implements Fact {}

    /** The end was told to the webhook, or telling it was given up. */
    record EndTold(String id, Instant at) implements Fact {}

    /** The hour after the end is over: input and output are gone. */
    record DataRemoved(String id, Instant at) implements Fact {}
}
