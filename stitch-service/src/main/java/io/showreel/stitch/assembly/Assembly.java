package io.showreel.stitch.assembly;

import io.showreel.contracts.scene.SceneRequest.FinishedScene;
import io.showreel.stitch.assembly.Plan.PlannedTake;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One cut on its way to a film. Only the plan starts anything; takes that settle earlier are kept until it comes.
 *
 * <pre>
 * Unplanned  => Unplanned  a take settled before the plan came
 * Unplanned  => Gathering  the plan came, takes are still out
 * Gathering  => Gathering  a take settled, others are still out
 * Gathering  => Halted     a take that the film requires was lost or withdrawn
 * Gathering  => Failed     every take settled, and no scene has a clip
 * Gathering  => Ready      every take settled, and at least one scene has its clip
 * Ready      => Cutting    a worker began
 * Cutting    => Published  the film is in the object store
 * Cutting    => Failed     there can be no film of these clips
 * any        => Withdrawn  the cut is no longer wanted
 * </pre>
 *
 * While a film gathers, each clip that has come is worth preparing. The last one is not: its film is cut at once.
 *
 * A plan whose takes have all settled already passes through Gathering at once. The first outcome of a take wins.
 * Whatever is not listed changes nothing, so facts commute and may be repeated.
 */
public sealed interface Assembly {

    /** Nothing is known yet. */
    Assembly NEW = new Unplanned(Map.of());

    record Unplanned(Map<UUID, Outcome> settled) implements Assembly {
        public Unplanned {
            settled = Map.copyOf(settled);
        }
    }

    record Gathering(Plan plan, Map<UUID, Outcome> settled) implements Assembly {
        public Gathering {
            settled = Map.copyOf(settled);
        }

        private boolean waitsFor(UUID takeId) {
            return plan.contains(takeId) && !settled.containsKey(takeId);
        }
    }

    record Ready(Plan plan, Map<UUID, Outcome> settled) implements Assembly {
        public Ready {
            settled = Map.copyOf(settled);
        }
    }

    record Cutting(Plan plan, Map<UUID, Outcome> settled) implements Assembly {
        public Cutting {
            settled = Map.copyOf(settled);
        }
    }

    /** @param plan null for films of earlier versions, and then nothing is settled */
    record Published(Film film, @Nullable Plan plan, Map<UUID, Outcome> settled) implements Assembly {
        @SuppressWarnings("NullAway") // Films of earlier versions say nothing of it.
        public Published {
            settled = settled == null ? Map.of() : Map.copyOf(settled);
        }
    }

    record Failed(String code, String message) implements Assembly {}

    /** Waits for its withdrawal, which the job's owner sends on the loss of a required take. */
    record Halted() implements Assembly {}

    record Withdrawn() implements Assembly {}

    /** What can become known about a cut, by the wire or by the worker that cuts it. */
    sealed interface Fact {
        record Planned(Plan plan) implements Fact {}

        record TakeSettled(UUID takeId, Outcome outcome) implements Fact {}

        record CutWithdrawn() implements Fact {}

        record CuttingBegun() implements Fact {}

        record FilmCut(Film film) implements Fact {}

        record CuttingGivenUp(String code, String message) implements Fact {}
    }

    /** What the shell has to write in the transaction of the change. */
    sealed interface Effect {
        /** Put the cut into the workers' queue. */
        record ScheduleCutting() implements Effect {}

        record AnnounceCutting() implements Effect {}

        record AnnounceFilm(Film film) implements Effect {}

        /** Make what a player shows before and beside the film. */
        record ScheduleShowing() implements Effect {}

        record AnnounceFailure(String code, String message) implements Effect {}

        /** Do for a clip what can be done before the others are there. */
        record PrepareClip(UUID takeId) implements Effect {}

        /** Give up all objects of the cut once nobody works for it; they are deleted unless another cut uses them. */
        record GiveUp() implements Effect {}
    }

    static Assembly evolve(Assembly state, Fact fact) {
        if (fact instanceof Fact.CutWithdrawn) {
            return new Withdrawn();
        }
        return switch (state) {
            case Unplanned unplanned -> next(unplanned, fact);
            case Gathering gathering -> next(gathering, fact);
            case Ready ready -> fact instanceof Fact.CuttingBegun ? new Cutting(ready.plan(), ready.settled()) : ready;
            case Cutting cutting -> next(cutting, fact);
            case Published over -> over;
            case Failed over -> over;
            case Halted over -> over;
            case Withdrawn over -> over;
        };
    }

    private static Assembly next(Unplanned state, Fact fact) {
        if (fact instanceof Fact.Planned planned) {
            return look(new Gathering(planned.plan(), only(planned.plan(), state.settled())));
        }
        return fact instanceof Fact.TakeSettled take && !state.settled().containsKey(take.takeId())
                ? new Unplanned(with(state.settled(), take))
                : state;
    }

    private static Assembly next(Gathering state, Fact fact) {
        return fact instanceof Fact.TakeSettled take && state.waitsFor(take.takeId())
                ? look(new Gathering(state.plan(), with(state.settled(), take)))
                : state;
    }

    private static Assembly next(Cutting state, Fact fact) {
        if (fact instanceof Fact.FilmCut cut) {
            return new Published(cut.film(), state.plan(), state.settled());
        }
        return fact instanceof Fact.CuttingGivenUp givenUp ? new Failed(givenUp.code(), givenUp.message()) : state;
    }

    static List<Effect> react(Assembly before, Assembly after) {
        if (after.equals(before)) {
            return List.of();
        }
        return switch (after) {
            case Unplanned waits -> List.of();
            case Gathering waits -> preparations(before, waits);
            case Halted waits -> List.of();
            case Ready ready -> List.of(new Effect.ScheduleCutting());
            case Cutting cutting -> List.of(new Effect.AnnounceCutting());
            case Published published ->
                List.of(new Effect.AnnounceFilm(published.film()), new Effect.ScheduleShowing());
            case Failed failed -> List.of(new Effect.AnnounceFailure(failed.code(), failed.message()));
            case Withdrawn withdrawn -> before instanceof Unplanned ? List.of() : List.of(new Effect.GiveUp());
        };
    }

    private static List<Effect> preparations(Assembly before, Gathering now) {
        var known = before instanceof Gathering gathering ? gathering.settled().keySet() : Set.<UUID>of();
        return now.plan().finish().scenes().stream()
                .map(FinishedScene::takeId)
                .filter(clip -> !known.contains(clip))
                .filter(clip ->
                        !now.settled().getOrDefault(clip, Outcome.MISSING).isMissing())
                .distinct()
                .<Effect>map(Effect.PrepareClip::new)
                .toList();
    }

    /** Everything known is taken in; is there something to do with it? */
    private static Assembly look(Gathering gathering) {
        var plan = gathering.plan();
        var settled = gathering.settled();
        boolean halted = plan.takes().stream()
                .filter(PlannedTake::required)
                .anyMatch(take -> Outcome.MISSING.equals(settled.get(take.takeId())));
        if (halted) {
            return new Halted();
        }
        if (plan.takes().stream().anyMatch(take -> gathering.waitsFor(take.takeId()))) {
            return gathering;
        }
        boolean hasClip = plan.finish().scenes().stream()
                .map(FinishedScene::takeId)
                .anyMatch(clip -> !settled.getOrDefault(clip, Outcome.MISSING).isMissing());
        return hasClip
                ? new Ready(plan, settled)
                : new Failed("no_clips", "None of the scenes has a clip that could go into the film.");
    }

    private static Map<UUID, Outcome> only(Plan plan, Map<UUID, Outcome> settled) {
        var planned = new HashMap<>(settled);
        planned.keySet().removeIf(takeId -> !plan.contains(takeId));
        return planned;
    }

    private static Map<UUID, Outcome> with(Map<UUID, Outcome> settled, Fact.TakeSettled take) {
        var more = new HashMap<>(settled);
        more.put(take.takeId(), take.outcome());
        return more;
    }
}
