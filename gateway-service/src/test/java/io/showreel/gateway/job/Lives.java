package io.showreel.gateway.job;

import io.showreel.contracts.scene.SceneEvent.TakePhase;
import io.showreel.contracts.scene.SceneEvent.TakeProgressed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

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

    private static Fact expected(UUID take, Instant at) {
        return new Fact.OfScene(new TakeProgressed(Given.JOB, 1, take, null, TakePhase.PROCESSING, null, at));
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
