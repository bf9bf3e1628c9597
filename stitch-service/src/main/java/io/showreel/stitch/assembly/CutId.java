package io.showreel.stitch.assembly;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which film of which job; an assembly's identity.
 *
 * @param cut the number that becomes the film's revision
 * @param rendition of that cut; null for the cut's own film
 */
public record CutId(long jobId, int cut, @Nullable UUID rendition) {

    private static final UUID NONE = new UUID(0, 0);

    public CutId(long jobId, int cut) {
        this(jobId, cut, null);
    }

    /** Reads what {@link #toString()} wrote. */
    public static CutId parse(String text) {
        var parts = text.split(":", 3);
        return new CutId(
                Long.parseLong(parts[0]),
                Integer.parseInt(parts[1]),
                parts.length < 3 ? null : UUID.fromString(parts[2]));
    }

    public static CutId of(long jobId, int cut, UUID rendition) {
        return new CutId(jobId, cut, NONE.equals(rendition) ? null : rendition);
    }

    /** The rendition, or 0 for the cut's own film. */
    public UUID renditionOrNone() {
        return rendition == null ? NONE : rendition;
    }

    /** The key of a cut's leased work. */
    @Override
    public String toString() {
        return rendition == null ? jobId + ":" + cut : jobId + ":" + cut + ":" + rendition;
    }
}
