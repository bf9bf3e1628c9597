package io.showreel.render.start;

import io.showreel.contracts.scene.SceneRequest.TakeInput;
import io.showreel.render.model.Model;
import io.showreel.render.model.Models;
import io.showreel.render.take.Entry;
import io.showreel.render.take.Symptom;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which model renders a take: the one it asks for, or that one's fallback while it is shut.
 *
 * @param shut names of models that nothing is submitted to for now
 */
record Casting(Models models, Set<String> shut) {

    /** The models whose takes have to wait. */
    List<String> withoutStandIn() {
        return shut.stream()
                .filter(name -> models.fallbackOf(name).filter(this::isOpen).isEmpty())
                .toList();
    }

    /** The same; the last attempt of a take whose model keeps failing its health check goes to the fallback at once. */
    Optional<Model> modelFor(Entry entry) {
        var input = entry.input();
        var ailing = entry.take().attempts().stream()
                .filter(attempt -> attempt.symptom() == Symptom.UNHEALTHY_MODEL)
                .count();
        return models.named(input.model())
                .filter(asked ->
                        ailing == Symptom.UNHEALTHY_MODEL.policy().waits().size())
                .flatMap(asked -> standInFor(asked, input))
                .or(() -> modelFor(input));
    }

    /** Empty if there is no such model, or neither it nor its fallback can render the take now. */
    Optional<Model> modelFor(TakeInput input) {
        return models.named(input.model())
                .flatMap(asked -> isOpen(asked) ? Optional.of(asked) : standInFor(asked, input));
    }

    /** One that would leave something of the take out makes another clip, for the same money. */
    private Optional<Model> standInFor(Model asked, TakeInput input) {
        return models.fallbackOf(asked.name())
                .filter(this::isOpen)
                .filter(fallback -> fallback.standsInFor(asked, input));
    }

    private boolean isOpen(Model model) {
        return !shut.contains(model.name());
    }
}
