package io.showreel.render.take.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.showreel.contracts.scene.SceneEvent;
import io.showreel.contracts.scene.SceneEvent.LossReason;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.messaging.CommitListener;
import io.showreel.messaging.Message;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * Counts the outcomes that cuts were told, and money when a cut closes. A later cut is told an earlier take's outcome
 * once more; a cut's cost is only that of the takes it was the first to ask for, so no dollar is counted twice.
 */
@Component
class TakeCounters implements CommitListener {

    private final MeterRegistry registry;
    private final Counter spent;
    private final Timer rendering;
    private final DistributionSummary overBound;

    TakeCounters(MeterRegistry registry) {
        this.registry = registry;
        this.spent = Counter.builder("showreel.spend")
                .description("Dollars that were spent at a provider")
                .baseUnit("usd")
                .tag("provider", "replicate")
                .register(registry);
        this.rendering = Timer.builder("showreel.cut.rendering")
                .description("From the request of a cut to the end of its last take")
                .register(registry);
        this.overBound = DistributionSummary.builder("showreel.cut.over.bound")
                .description("Time of a cut's rendering by the least time that the account's pace allows; 1 is perfect")
                .baseUnit("ratio")
                .register(registry);
        for (var kind : TakeKind.values()) {
            started(kind);
            rendered(kind);
            withdrawn(kind);
            unverifiable(kind);
        }
        for (var reason : LossReason.values()) {
            lost(reason);
        }
    }

    @Override
    public void committed(Message message) {
        switch (message.payload()) {
            case SceneEvent.TakeStarted event -> started(event.kind()).increment();
            case SceneEvent.TakeRendered event -> rendered(event.kind()).increment();
            case SceneEvent.TakeLost event -> lost(event.reason()).increment();
            case SceneEvent.TakeWithdrawn event -> withdrawn(event.kind()).increment();
            case SceneEvent.TakeUnverifiable event -> unverifiable(event.kind()).increment();
            case SceneEvent.CutClosed event -> closed(event);
            default -> {}
        }
    }

    private void closed(SceneEvent.CutClosed event) {
        spent.increment(event.cost().amount().doubleValue());
        if (event.actual() != null) {
            rendering.record(event.actual());
            if (event.bound() != null && event.bound().isPositive()) {
                overBound.record(
                        (double) event.actual().toMillis() / event.bound().toMillis());
            }
        }
    }

    private Counter started(TakeKind kind) {
        return takes("showreel.takes.started", "Predictions that the provider accepted, resubmissions included", kind);
    }

    private Counter rendered(TakeKind kind) {
        return takes("showreel.takes.rendered", "Takes whose file arrived in the object store", kind);
    }

    private Counter withdrawn(TakeKind kind) {
        return takes("showreel.takes.withdrawn", "Takes that nobody wanted any more", kind);
    }

    private Counter unverifiable(TakeKind kind) {
        return takes("showreel.takes.unverifiable", "Takes that wait for a person's word on what was paid", kind);
    }

    private Counter takes(String name, String description, TakeKind kind) {
        return Counter.builder(name)
                .description(description)
                .tag("kind", word(kind))
                .register(registry);
    }

    private Counter lost(LossReason reason) {
        return Counter.builder("showreel.takes.lost")
                .description("Takes that ended without a file")
                .tag("reason", word(reason))
                .register(registry);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
