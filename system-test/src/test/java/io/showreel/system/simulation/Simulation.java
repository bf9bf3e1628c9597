package io.showreel.system.simulation;

import io.showreel.gateway.job.Job;
import io.showreel.render.take.Attempt;
import java.time.Instant;

/** One run of the whole system from a seed, with its invariants looked at after each step. */
final class Simulation {

    private static final int BUSY_STEPS = 600;
    private static final int MOST_STEPS = 20_000;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Dice dice;
    private final Wire wire;
    private final SimulatedProvider provider;
    private final SimulatedGateway gateway;
    private final SimulatedRender render;
    private final SimulatedStitch stitch;
    private final Tally tally = new Tally();

    Simulation(long seed, boolean inbox) {
        dice = new Dice(seed);
        wire = new Wire(dice, inbox);
        provider = new SimulatedProvider(dice);
        gateway = new SimulatedGateway(dice, wire, START);
        SimulatedSelection.subscribe(dice, wire);
        render = new SimulatedRender(dice, wire, provider, START);
        stitch = new SimulatedStitch(dice, wire);
    }

    Tally run() {
        int jobs = 1 + dice.upTo(3);
        for (long job = 1; job <= jobs; job++) {
            gateway.create(job);
        }
        int steps = 0;
        while (steps++ < BUSY_STEPS) {
            step();
            check();
        }
        // Nobody clicks any more; what was begun has to end by itself, or by its deadline.
        while (settle()) {
            check();
            if (steps++ > MOST_STEPS) {
                throw new AssertionError("everyJobEnds: still busy after " + steps + " steps");
            }
        }
        gateway.timePasses(true);
        while (settle()) {
            check();
            if (steps++ > MOST_STEPS) {
                throw new AssertionError("everyJobEnds: still busy after its deadline and " + steps + " steps");
            }
        }
        everyJobEnds();
        costsAreTheLedgers();
        count();
        return tally;
    }

    private void step() {
        switch (dice.upTo(12)) {
            case 0 -> gateway.person();
            case 1 -> gateway.timePasses(dice.oneIn(150));
            case 2, 3 -> render.work();
            case 4 -> provider.endOne();
            case 5 -> stitch.work();
            default -> wire.deliverOne();
        }
    }

    private boolean settle() {
        boolean delivered = wire.deliverOne();
        boolean ended = provider.endOne();
        boolean rendered = render.work();
        boolean cut = stitch.work();
        return delivered || ended || rendered || cut;
    }

    private void check() {
        noTakeIsPaidTwice();
        oneFilmPerCut();
    }

    /** At most one succeeded prediction a take, one at a time, and each further one on record with its reason. */
    private void noTakeIsPaidTwice() {
        render.takes().forEach((takeId, take) -> {
            var predictions = provider.of(takeId);
            long succeeded = predictions.stream()
                    .filter(prediction -> prediction.status == SimulatedProvider.Status.SUCCEEDED)
                    .count();
            long running = predictions.stream()
                    .filter(prediction -> !prediction.status.isTerminal())
                    .count();
            if (succeeded > 1 || succeeded + running > 1) {
                throw new AssertionError("noTakeIsPaidTwice: take " + takeId + " has " + succeeded + " succeeded and "
                        + running + " running predictions: " + take);
            }
            take.attempts().stream().skip(1).map(Attempt::reason).forEach(reason -> {
                if (reason == null || reason.isBlank()) {
                    throw new AssertionError("noTakeIsPaidTwice: a resubmission without a reason: " + take);
                }
            });
            boolean offRecord = predictions.stream().anyMatch(prediction -> take.attempts().stream()
                    .noneMatch(attempt -> attempt.token().equals(prediction.token)));
            if (offRecord) {
                throw new AssertionError("noTakeIsPaidTwice: a prediction that is on no record: " + take);
            }
        });
    }

    private void oneFilmPerCut() {
        stitch.films().forEach((cut, films) -> {
            if (films > 1) {
                throw new AssertionError("oneFilmPerCut: " + films + " films of cut " + cut);
            }
        });
    }

    private void everyJobEnds() {
        gateway.jobs().forEach((id, job) -> {
            boolean ended =
                    switch (job) {
                        // These two wait for a person, without a deadline.
                        case Job.Ready ready -> true;
                        case Job.SelectionFailed failed -> true;
                        case Job.Completed completed -> completed.cut().ended().isPresent();
                        case Job.Failed failed -> true;
                        case Job.Canceled canceled -> true;
                        case Job.Deleted deleted -> true;
                        case Job.Unborn unborn -> false;
                        case Job.Selecting selecting -> false;
                        case Job.Rendering rendering -> false;
                    };
            if (!ended) {
                throw new AssertionError("everyJobEnds: job " + id + " is " + job);
            }
        });
        if (!render.everyRequestedCutIsClosed()) {
            throw new AssertionError("everyJobEnds: a cut was never closed");
        }
    }

    /** What a client is told that its job cost is what the ledger holds. */
    private void costsAreTheLedgers() {
        gateway.jobs().forEach((id, job) -> {
            var cut =
                    switch (job) {
                        case Job.Completed completed -> completed.cut();
                        case Job.Failed failed -> failed.cut();
                        case Job.Canceled canceled -> canceled.cut();
                        default -> null;
                    };
            if (cut != null && !render.spent(id).equals(cut.spentAtClose())) {
                throw new AssertionError("costsAreTheLedgers: job " + id + " was told " + cut.spentAtClose()
                        + " but spent " + render.spent(id));
            }
        });
    }

    private void count() {
        gateway.jobs().values().forEach(job -> {
            switch (job) {
                case Job.Completed completed -> tally.completed++;
                case Job.Failed failed -> tally.failed++;
                case Job.Canceled canceled -> tally.canceled++;
                default -> tally.pending++;
            }
        });
        tally.takes += render.takes().size();
        tally.predictions += provider.all().size();
        tally.resubmissions += render.takes().values().stream()
                .mapToInt(take -> Math.max(0, take.attempts().size() - 1))
                .sum();
        tally.films += stitch.films().size();
    }

    /** What became of everything, so that a run in which nothing happens can be told from a good one. */
    static final class Tally {
        int completed;
        int failed;
        int canceled;
        int pending;
        int takes;
        int predictions;
        int resubmissions;
        int films;

        void add(Tally other) {
            completed += other.completed;
            failed += other.failed;
            canceled += other.canceled;
            pending += other.pending;
            takes += other.takes;
            predictions += other.predictions;
            resubmissions += other.resubmissions;
            films += other.films;
        }

        @Override
        public String toString() {
            return "jobs completed " + completed + ", failed " + failed + ", canceled " + canceled + ", pending "
                    + pending + "; takes " + takes + ", predictions " + predictions + ", resubmissions "
                    + resubmissions + ", films " + films;
        }
    }
}
