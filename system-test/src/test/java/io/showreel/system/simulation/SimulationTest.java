package io.showreel.system.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The deciders' promises hold in every order of things; a failure names the seed that repeats it. */
class SimulationTest {

    private static final int SEEDS = 1_000;
    private static final int SEEDS_OF_A_NIGHT = 10_000;

    @ParameterizedTest(name = "inbox: {0}")
    @ValueSource(booleans = {true, false})
    void invariants_hold_for_every_seed(boolean inbox) {
        run(0, SEEDS, inbox);
    }

    @Tag("nightly")
    @ParameterizedTest(name = "inbox: {0}")
    @ValueSource(booleans = {true, false})
    void invariants_hold_for_every_seed_of_a_night(boolean inbox) {
        run(SEEDS, SEEDS_OF_A_NIGHT, inbox);
    }

    private static void run(long first, int seeds, boolean inbox) {
        var tally = new Simulation.Tally();
        for (long seed = first; seed < first + seeds; seed++) {
            try {
                tally.add(new Simulation(seed, inbox).run());
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "Seed " + seed + (inbox ? " with" : " without") + " inbox: " + e.getMessage(), e);
            }
        }
        System.out.println(seeds + " seeds " + (inbox ? "with" : "without") + " inbox: " + tally);
        assertThat(tally.completed).isGreaterThan(seeds / 4);
        assertThat(tally.failed).isGreaterThan(seeds / 50);
        assertThat(tally.canceled).isGreaterThan(seeds / 50);
        assertThat(tally.resubmissions).isGreaterThan(seeds / 4);
    }
}
