package io.showreel.gateway.job;

import io.showreel.contracts.Usd;
import java.time.Instant;
import java.util.List;
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
     * Tries again what failed, with everything that was changed since.
     *
     * @param freshTakes another id for each of the job's takes, in case it has to be tried again
     * @param due when the new cut or the new selection must have ended
     */
    record Retry(@Nullable Usd maxCost, Map<UUID, UUID> freshTakes, Instant due) implements Command {}

    /**
     * Asks for other scenes than all that were chosen so far.
     *
     * @param material that may be chosen from now
     * @param storyboard the one that was seen; null for any
     * @param due when the selection must have answered
     */
    record Reselect(Material material, @Nullable String storyboard, Instant due) implements Command {}

    /**
     * Changes the storyboard, which costs nothing.
     *
     * @param storyboard the one that was seen; null changes any
     * @param freshMusic the music's paid input, if it has to be made anew
     */
    record Edit(@Nullable String storyboard, SceneChange change, UUID freshMusic) implements Command {}

    /** Cuts the film anew with everything that was changed; {@link Retry} says what the components are. */
    record Recut(@Nullable Usd maxCost, Map<UUID, UUID> freshTakes, Instant due) implements Command {}

    /**
     * Renders one scene anew, with its own changes alone.
     *
     * @param freshTake the scene's new paid input
     * @param earlier cuts that have ended
     */
    record Regenerate(
            UUID sceneId,
            UUID freshTake,
            UUID freshMusic,
            @Nullable Usd maxCost,
            Map<UUID, UUID> freshTakes,
            List<Cut> earlier,
            Instant due)
            implements Command {}

    /** @param earlier cuts that have ended */
    record Restore(int revision, List<Cut> earlier) implements Command {}

    /** @param paid what a person found out about a take that can't be verified */
    record Resolve(UUID takeId, boolean paid) implements Command {}

    /**
     * Another shape of the film that is served.
     *
     * @param id of the rendition, unless there is such a one
     * @param earlier cuts that have ended
     */
    record Render(UUID id, String aspectRatio, List<Cut> earlier) implements Command {}

    record Delete() implements Command {}
}
