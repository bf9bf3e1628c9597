package io.showreel.render.follow;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** For how long the provider has not known a prediction, each time it was asked. */
final class Absence {

    private @Nullable Instant since;

    void missed(Instant now) {
        since = since == null ? now : since;
    }

    void over() {
        since = null;
    }

    boolean hasLasted(Duration length, Instant now) {
        return since != null && !now.isBefore(since.plus(length));
    }
}
