package io.showreel.selection.photo;

import java.awt.image.BufferedImage;

/**
 * What can be measured of a photo without knowing what it shows.
 *
 * @param width of the whole photo in pixels, upright
 * @param height of the whole photo in pixels, upright
 * @param sharpness variance of the Laplacian at the normalised size; only good for comparing
 * @param brightness mean, from 0 to 255
 * @param blown share of the picture that is plain white
 */
public record Measures(
        int width, int height, double sharpness, double brightness, double blown, Hashes hashes, Palette palette) {

    /** The longer side of a picture that is measured: large enough to show blur, small enough to be cheap. */
    public static final int NORMALISED = 640;

    private static final float WHITE = 250;

    /** @param normalised the picture, upright, its longer side {@link #NORMALISED} or its own if that is shorter */
    public static Measures of(BufferedImage normalised, int width, int height) {
        var luma = Luma.of(normalised);
        return new Measures(
                width,
                height,
                luma.sharpness(),
                luma.mean(),
                luma.shareAbove(WHITE),
                Hashes.of(luma),
                Palette.of(normalised));
    }

    long pixels() {
        return (long) width * height;
    }

    int shorterSide() {
        return Math.min(width, height);
    }

    /** As {@link Kinship} says, without comparing colours. */
    boolean isNearDuplicateOf(Measures other) {
        return Kinship.isNearDuplicate(hashes.distance(other.hashes));
    }

    /** How the one photo lies to the other. */
    public Kinship to(Measures other) {
        return new Kinship(hashes.distance(other.hashes), palette.likeness(other.palette));
    }
}
