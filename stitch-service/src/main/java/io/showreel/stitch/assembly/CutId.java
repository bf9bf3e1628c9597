package io.showreel.stitch.assembly;

/**
 * Which cut of which job; an assembly's identity.
 *
 * @param cut the number that becomes the film's revision
 */
public record CutId(long jobId, int cut) {

    /** Reads what {@link #toString()} wrote. */
    public static CutId parse(String text) {
        int colon = text.indexOf(':');
        return new CutId(Long.parseLong(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
    }

    /** The key of a cut's leased work. */
    @Override
    public String toString() {
        return jobId + ":" + cut;
    }
}
