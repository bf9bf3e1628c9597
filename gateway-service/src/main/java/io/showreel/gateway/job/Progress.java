package io.showreel.gateway.job;

import io.showreel.contracts.scene.SceneEvent.TakePhase;
import java.time.Duration;

/**
 * How far a job is towards its first film, in percent: of the time that was expected for all of it when it was ordered,
 * the part that had been expected for what is done.
 *
 * <pre>
 * scenes are chosen        0
 * a storyboard is there    choosing them
 * takes go on              + the mean of what each has behind it:
 *                            nothing until its model works, then starting, then rendering, at its end all of it
 * FFmpeg is at p percent   + p percent of cutting
 * a film is there          100
 * </pre>
 *
 * Takes run side by side, so all together are expected to take as long as one. Takes of earlier cuts count for nothing:
 * a cut whose takes are all there is as far as its cutting.
 */
final class Progress {

    /** Nothing but a film is all. */
    private static final int ALMOST = 99;

    private Progress() {}

    /** Another selection does not take back what was reached. */
    static int of(Job.Selecting selecting) {
        return selecting.shown() == null ? 0 : ready(selecting.order());
    }

    /** By the wished length, which no edit changes. */
    static int ready(Order order) {
        var times = order.stageTimes();
        var rest = times.take().plus(times.cutting(order.wishedLength()));
        return Math.min(ALMOST, percent(times.choosing(), times.choosing().plus(rest)));
    }

    static int of(Order order, Cut cut) {
        int ready = ready(order);
        return ready + of(cut, order.stageTimes()) * (ALMOST - ready) / 100;
    }

    /** How far a cut is by itself; never falls while it is open. */
    static int of(Cut cut, StageTimes times) {
        var cutting = times.cutting(cut.storyboard().totalDuration());
        var done = cutting.multipliedBy(cuttingPercent(cut)).dividedBy(100);
        var all = cutting;
        var fresh = cut.takes().stream().filter(take -> !take.inherited()).toList();
        if (!fresh.isEmpty()) {
            all = all.plus(times.take());
            done = done.plus(fresh.stream()
                    .map(take -> behind(take, times))
                    .reduce(Duration.ZERO, Duration::plus)
                    .dividedBy(fresh.size()));
        }
        return percent(done, all);
    }

    private static int cuttingPercent(Cut cut) {
        if (cut.film() != null) {
            return 100;
        }
        var percent = cut.cuttingPercent();
        return percent == null ? 0 : percent;
    }

    private static Duration behind(Take take, StageTimes times) {
        return take.ended() ? times.take() : before(take.phase(), times);
    }

    private static Duration before(TakePhase phase, StageTimes times) {
        return switch (phase) {
            case OTHER, QUEUED, SUBMITTING, WAITING -> Duration.ZERO;
            case PROCESSING -> times.starting();
            case DOWNLOADING -> times.starting().plus(times.rendering());
        };
    }

    private static int percent(Duration part, Duration whole) {
        return whole.isZero() ? 100 : (int) (100 * part.toMillis() / Math.max(1, whole.toMillis()));
    }
}
