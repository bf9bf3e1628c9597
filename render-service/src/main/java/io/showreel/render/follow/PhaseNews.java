package io.showreel.render.follow;

import io.showreel.contracts.scene.SceneEvent.TakePhase;
import io.showreel.render.take.RenderTakes;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells a take's phase when it changes, at most once a second. */
final class PhaseNews {

    private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final UUID takeId;
    private final RenderTakes takes;
    private @Nullable TakePhase told;
    private long toldAt;

    PhaseNews(UUID takeId, RenderTakes takes) {
        this.takeId = takeId;
        this.takes = takes;
    }

    void tell(TakePhase phase, Instant expectedAt) {
        var now = System.nanoTime();
        if (phase == told || (told != null && now - toldAt < EVERY_NANOS)) {
            return;
        }
        takes.progress(takeId, phase, expectedAt).block(TIMEOUT);
        told = phase;
        toldAt = now;
    }
}
