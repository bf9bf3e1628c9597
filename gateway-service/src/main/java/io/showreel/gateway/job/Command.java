package io.showreel.gateway.job;

import io.showreel.contracts.Usd;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a person asks of a job. */
public sealed interface Command {

    /**
     * @param storyboard the one that was seen; null approves any
     * @param due when the cut must have ended
     */
    record Approve(@Nullable String storyboard, @Nullable Usd maxCost, Instant due) implements Command {}

    record Cancel() implements Command {}

    /**
     * @param freshTakes another id for each of the storyboard's takes, in case it has to be tried again
     * @param due when the new cut or the new selection must have ended
     */
    record Retry(@Nullable Usd maxCost, Map<UUID, UUID> freshTakes, Instant due) implements Command {}
}
