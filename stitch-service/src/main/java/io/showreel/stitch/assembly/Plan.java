package io.showreel.stitch.assembly;

import io.showreel.contracts.scene.SceneRequest.CutRequested;
import io.showreel.contracts.scene.SceneRequest.Finish;
import io.showreel.contracts.scene.SceneRequest.RenditionRequested;
import io.showreel.contracts.scene.TakeKind;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a film is made of and how it is put together: of a requested cut, the part that stitch needs. */
public record Plan(List<PlannedTake> takes, Finish finish) {

    public Plan {
        takes = List.copyOf(takes);
    }

    public static Plan of(CutRequested request) {
        var takes = request.takes().stream()
                .map(take -> new PlannedTake(take.takeId(), take.input().kind(), take.sceneId(), take.required()))
                .toList();
        return new Plan(takes, request.finish());
    }

    /** Of takes that are there already, whatever becomes of one of them meanwhile. */
    public static Plan of(RenditionRequested request) {
        var takes = request.takes().stream()
                .map(take -> new PlannedTake(take.takeId(), take.kind(), take.sceneId(), false))
                .toList();
        return new Plan(takes, request.finish());
    }

    boolean contains(UUID takeId) {
        return takes.stream().anyMatch(take -> take.takeId().equals(takeId));
    }

    /**
     * One input of the film.
     *
     * @param required whether there is no film without it
     */
    public record PlannedTake(
            UUID takeId, TakeKind kind, @Nullable UUID sceneId, boolean required) {}
}
