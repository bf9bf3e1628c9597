package io.showreel.sandbox.media;

/**
 * How media is made.
 *
 * @param clipScale clips are this much smaller than asked for, for quick runs
 * @param instant   all get one canned clip (or tune) at once, and nothing is fetched
 * @param atOnce    renderings at the same time
 */
public record Rendering(double clipScale, boolean instant, int atOnce) {
    public static final Rendering DEFAULT = new Rendering(1, false, 2);

    public Rendering withClipScale(double clipScale) {
        return new Rendering(clipScale, instant, atOnce);
    }

    public Rendering withInstant(boolean instant) {
        return new Rendering(clipScale, instant, atOnce);
    }
}
