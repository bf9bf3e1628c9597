package io.showreel.system.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The deciders' promises hold in every order of things; a failure names the seed that repeats it. */
class SimulationTest {

    private static final int SEEDS = 1_000;

    @ParameterizedTest(name = "inbox: {0}")
    @ValueSource(booleans = {true, false})
    void invariants_hold_for_every_seed(boolean inbox) {
        var tally = new Simulation.Tally();
        for (long seed = 0; seed < SEEDS; seed++) {
            try {
                tally.add(new Simulation(seed, inbox).run());
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "Seed " + seed + (inbox ? " with" : " without") + " inbox: " + e.getMessage(), e);
            }
        }
        System.out.println(SEEDS + " seeds " + (inbox ? "with" : "without") + " inbox: " + tally);
        assertThat(tally.completed).isGreaterThan(SEEDS / 4);
        assertThat(tally.failed).isGreaterThan(SEEDS / 50);
        assertThat(tally.canceled).isGreaterThan(SEEDS / 50);
        assertThat(tally.resubmissions).isGreaterThan(SEEDS / 4);
    }
}
