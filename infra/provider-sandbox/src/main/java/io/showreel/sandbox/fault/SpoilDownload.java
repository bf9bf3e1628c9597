package io.showreel.sandbox.fault;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/**
 * One download of an output goes wrong; the file itself stays as it is.
 *
 * @param over how long a slow or stalled one takes; a minute if absent
 */
public record SpoilDownload(How how, @Nullable Duration over) implements Fault {
    public SpoilDownload {
        Objects.requireNonNull(how, "how");
    }

    /** What the downloader meets. */
    @EnumNaming(EnumNamingStrategies.SnakeCaseStrategy.class)
    public enum How {
        /** Half of the announced bytes, then the connection is cut. */
        TRUNCATED,
        /** Half of the file, announced as if that were all of it. */
        SHORT,
        /** A page of HTML that says so. */
        WRONG_TYPE,
        /** A page of HTML that calls itself what was expected. */
        DISGUISED,
        /** Success, and no bytes. */
        EMPTY,
        /** Piece by piece. */
        SLOW,
        /** Half of the bytes, then silence, then the connection is cut. */
        STALLED,
        /** 404, as after the hour. */
        GONE,
        /** 503. */
        UNAVAILABLE
    }

    public Duration duration() {
        return over == null ? Duration.ofMinutes(1) : over;
    }
}
