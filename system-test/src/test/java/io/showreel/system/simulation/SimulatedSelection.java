package io.showreel.system.simulation;

import io.showreel.contracts.Usd;
import io.showreel.contracts.job.JobCommand;
import io.showreel.contracts.storyboard.StoryboardEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Answers each command once, mostly with a storyboard. */
final class SimulatedSelection {

    private final Dice dice;
    private final Wire wire;

    private SimulatedSelection(Dice dice, Wire wire) {
        this.dice = dice;
        this.wire = wire;
    }

    static void subscribe(Dice dice, Wire wire) {
        var selection = new SimulatedSelection(dice, wire);
        wire.subscribe("selection", JobCommand.TOPIC, message -> selection.on((JobCommand.SelectScenes) message));
    }

    private void on(JobCommand.SelectScenes command) {
        wire.publish(StoryboardEvent.TOPIC, command.jobId(), answer(command));
    }

    private StoryboardEvent answer(JobCommand.SelectScenes command) {
        if (dice.oneIn(10)) {
            return new StoryboardEvent.SelectionFailed(
                    command.jobId(), command.selection(), "no_pairs", "Upload more photos.");
        }
        var scenes = new ArrayList<StoryboardEvent.ChosenScene>();
        for (int n = 0; n < command.wish().sceneCount(); n++) {
            var first = command.photos().get(2 * n).assetId();
            var last = command.photos().get(2 * n + 1).assetId();
            scenes.add(new StoryboardEvent.ChosenScene(
                    "Scene " + n,
                    null,
                    "slow dolly",
                    "hook",
                    "Exterior",
                    Duration.ofSeconds(4),
                    "cut",
                    first,
                    last,
                    null,
                    null,
                    List.of()));
        }
        return new StoryboardEvent.StoryboardSelected(
                command.jobId(),
                command.selection(),
                scenes,
                StoryboardEvent.Origin.FALLBACK,
                "calm piano",
                new StoryboardEvent.Effort(null, 0, 0, Usd.ZERO, null));
    }
}
