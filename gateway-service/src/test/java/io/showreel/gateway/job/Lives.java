package io.showreel.gateway.job;

import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneEvent.TakePhase;
import io.showreel.contracts.scene.SceneEvent.TakeProgressed;
import io.showreel.contracts.scene.SceneEvent.TakeUnverifiable;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.contracts.video.VideoEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lives of jobs, state by state, for tests outside this package. */
public final class Lives {

    private Lives() {}

    /** With music, with every fact told twice. */
    public static List<Job> ofAFilm() {
        return states(
                Given.created(Given.order().music().build()),
                Given.chosen(1),
                Given.chosen(1),
                Given.approved(),
                Given.started(1, Given.clip(1)),
                Given.started(1, Given.clip(1)),
                Given.progressed(1, Given.clip(1), TakePhase.PROCESSING),
                Given.started(1, Given.clip(2)),
                Given.rendered(1, Given.clip(1)),
                Given.rendered(1, Given.clip(1)),
                Given.lost(1, Given.clip(2)),
                Given.rendered(1, Given.MUSIC_TAKE),
                Given.cuttingStarted(1),
                Given.cuttingProgressed(1, 50),
                Given.closed(1, "0.60"),
                Given.published(1, Given.scene(2)),
                Given.published(1, Given.scene(2)));
    }

    public static List<Job> ofACancel() {
        return states(
                Given.created(Given.order().build()),
                Given.chosen(1),
                Given.approved(),
                new Fact.CancelAccepted(),
                Given.withdrawn(1, Given.clip(1)),
                Given.withdrawn(1, Given.clip(2)),
                Given.closed(1, "0"));
    }

    public static List<Job> ofSilence() {
        return states(Given.created(Given.order().build()), new Fact.TimeIsUp(Given.SELECTION_DUE));
    }

    /** Two takes whose ends render expects, and then a film that is half cut. */
    public static List<Job> ofExpectations(Instant one, Instant other) {
        return states(
                Given.created(Given.order().build()),
                Given.chosen(1),
                Given.approved(),
                expected(Given.clip(1), one),
                expected(Given.clip(2), other),
                Given.rendered(1, Given.clip(2)),
                Given.rendered(1, Given.clip(1)),
                Given.cuttingStarted(1),
                Given.cuttingProgressed(1, 50));
    }

    /** Two takes whose ends render expects; then nothing is submitted for a while, which is told of the first. */
    public static List<Job> ofAHold(Instant one, Instant other) {
        return states(
                Given.created(Given.order().build()),
                Given.chosen(1),
                Given.approved(),
                waiting(Given.clip(1), 41, one, null),
                waiting(Given.clip(2), 90, other, null),
                waiting(Given.clip(1), 40, null, "The provider account has no credit left"),
                waiting(Given.clip(1), 40, one, null));
    }

    private static Fact waiting(UUID take, int place, @Nullable Instant at, @Nullable String hold) {
        return new Fact.OfScene(new TakeProgressed(Given.JOB, 1, take, null, TakePhase.QUEUED, place, at, hold));
    }

    private static Fact expected(UUID take, Instant at) {
        return new Fact.OfScene(new TakeProgressed(Given.JOB, 1, take, null, TakePhase.PROCESSING, null, at));
    }

    /** The last two states of a job whose film was published again. */
    public static List<Job> ofARestore() {
        var completed = (Job.Completed) ofAFilm().getLast();
        return List.of(completed, Job.evolve(completed, new Fact.Restored(completed.cut(), completed.film())));
    }

    /** A doubtful take, and a person's word on it. */
    public static List<Job> ofADoubt() {
        return states(
                Given.created(Given.order().build()),
                Given.chosen(1),
                Given.approved(),
                new Fact.OfScene(new TakeUnverifiable(
                        Given.JOB, 1, Given.clip(1), Given.scene(1), TakeKind.CLIP, "No trace of it.", Usd.of("0.60"))),
                new Fact.Resolved(Given.clip(1), true),
                new Fact.Resolved(Given.clip(1), false));
    }

    /** A storyboard that stays, since another selection brought nothing. */
    public static List<Job> ofASecondSelection() {
        return states(
                Given.created(Given.order().build()),
                Given.chosen(1),
                new Fact.SelectionAsked(Given.material(), Given.SELECTION_DUE),
                new Fact.SelectionRefused(2, Problem.of("no_pairs", "No two photos belong together.")));
    }

    /** From a film to another shape of it. */
    public static List<Job> ofARendition() {
        var completed = ofAFilm().getLast();
        var accepted = (Decision.Accepted) Job.decide(completed, new Command.Render(Given.id(40), "9:16", List.of()));
        var asked = Job.evolve(completed, accepted.facts().getFirst());
        var failed = Job.evolve(
                asked,
                new Fact.OfFilm(new VideoEvent.RenditionFailed(Given.JOB, 1, Given.id(40), "unreadable_clip", "No.")));
        return List.of(completed, asked, failed);
    }

    public static StoredJob ready(long version) {
        var state = Given.ready(Given.order().build());
        return new StoredJob(Given.JOB, version, state, Instant.EPOCH, Instant.EPOCH);
    }

    private static List<Job> states(Fact... facts) {
        var states = new ArrayList<Job>(List.of(new Job.Unborn()));
        for (var fact : facts) {
            states.add(Job.evolve(states.getLast(), fact));
        }
        return states;
    }
}
