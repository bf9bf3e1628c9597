package io.showreel.gateway.job;

import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneEvent;
import io.showreel.contracts.scene.SceneRequest;
import io.showreel.contracts.storyboard.StoryboardEvent;
import io.showreel.contracts.video.VideoEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened to a job. Times and new ids arrive inside, so that folding facts needs neither clock nor chance. */
public sealed interface Fact {

    /** @param due when the selection must have answered */
    record Created(Order order, Material material, Instant due) implements Fact {}

    /** What a selection answered. */
    sealed interface OfSelection extends Fact {
        int selection();
    }

    /**
     * @param ids for the scenes, in their order
     * @param cutDue when the cut must have ended, if this approves it
     */
    record StoryboardChosen(
            int selection,
            List<StoryboardEvent.ChosenScene> scenes,
            StoryboardEvent.Origin origin,
            @Nullable String music,
            List<SceneIds> ids,
            UUID musicTakeId,
            Instant cutDue)
            implements OfSelection {
        public StoryboardChosen {
            scenes = List.copyOf(scenes);
            ids = List.copyOf(ids);
            if (scenes.size() != ids.size()) {
                throw new IllegalArgumentException(scenes.size() + " scenes, but ids for " + ids.size());
            }
        }
    }

    record SelectionRefused(int selection, Problem problem) implements OfSelection {}

    /** What a person asked for and was granted. */
    sealed interface Granted extends Fact {}

    record Approved(@Nullable Usd maxCost, Instant due) implements Granted {}

    record CancelAccepted() implements Granted {}

    /** @param freshTakes another take id for each that is tried again, by the old one */
    record Retried(@Nullable Usd maxCost, Map<UUID, UUID> freshTakes, Instant due) implements Granted {
        public Retried {
            freshTakes = Map.copyOf(freshTakes);
        }
    }

    /** Other scenes than all that were chosen so far. */
    record SelectionAsked(Material material, Instant due) implements Granted {}

    record StoryboardEdited(Storyboard storyboard) implements Granted {}

    /**
     * @param cut what the new cut is made of
     * @param storyboard what the person sees, with all changes
     * @param earlier takes that can be used without paying again
     */
    record Recut(@Nullable Usd maxCost, Storyboard cut, Storyboard storyboard, List<Take> earlier, Instant due)
            implements Granted {
        public Recut {
            earlier = List.copyOf(earlier);
        }
    }

    record Restored(Cut earlier, Film film) implements Granted {}

    record Resolved(UUID takeId, boolean paid) implements Granted {}

    record RenditionAsked(SceneRequest.RenditionRequested request) implements Granted {}

    record Deleted() implements Granted {}

    /** What nobody returns to any more was given up. */
    record Retired(List<Integer> cuts) implements Fact {
        public Retired {
            cuts = List.copyOf(cuts);
        }
    }

    /** What render or stitch says about a cut. */
    sealed interface OfCut extends Fact {}

    record OfScene(SceneEvent event) implements OfCut {}

    record OfFilm(VideoEvent event) implements OfCut {}

    /** The time that the job waits for has come. */
    record TimeIsUp(Instant now) implements Fact {}

    record SceneIds(UUID sceneId, UUID takeId) {}
}
