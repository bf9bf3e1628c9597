package io.showreel.web.outbound;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An address that may be fetched but did not give what was asked for. The message can be shown to users. */
public final class FetchFailedException extends IOException {

    FetchFailedException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }

    FetchFailedException(String reason) {
        this(reason, null);
    }
}
