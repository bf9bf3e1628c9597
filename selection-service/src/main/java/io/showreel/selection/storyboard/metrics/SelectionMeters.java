package io.showreel.selection.storyboard.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.showreel.contracts.storyboard.StoryboardEvent;
import java.time.Duration;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Counts and times answers to commands. */
@Component
public class SelectionMeters {

    private final MeterRegistry registry;
    private final Counter spent;
    private final Counter deadLetters;

    public SelectionMeters(MeterRegistry registry) {
        this.registry = registry;
        this.spent = Counter.builder("showreel.spend")
                .description("Dollars that were spent at a provider")
                .baseUnit("usd")
                .tag("provider", "xai")
                .register(registry);
        this.deadLetters = Counter.builder("showreel.dead.letters")
                .description("Records that could not be handled and wait for a person")
                .tag("topic", "job.commands")
                .register(registry);
        for (var origin : new String[] {"model", "fallback", "failed"}) {
            timer(origin);
        }
    }

    /** @param took from the command to the answer */
    public void answered(StoryboardEvent event, Duration took) {
        switch (event) {
            case StoryboardEvent.StoryboardSelected selected -> {
                timer(selected.origin().name().toLowerCase(Locale.ROOT)).record(took);
                spent.increment(selected.effort().cost().amount().doubleValue());
            }
            case StoryboardEvent.SelectionFailed failed -> timer("failed").record(took);
            case StoryboardEvent.Unrecognised unrecognised -> {}
        }
    }

    /** A command could not be handled. */
    public void deadLetter() {
        deadLetters.increment();
    }

    private Timer timer(String origin) {
        return Timer.builder("showreel.selection")
                .description("Time to answer a command, by who chose; failed ones have no storyboard")
                .tag("origin", origin)
                .register(registry);
    }
}
