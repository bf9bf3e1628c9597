package io.showreel.selection.photo;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Which colours a picture has, wherever they are: photos of one room share them even when nothing else is in the same
 * place.
 *
 * @param shares of the picture for each of 64 colours, together 1
 */
public record Palette(List<Float> shares) {

    private static final int COLOURS = 64;
    private static final int STEP = 2;

    public Palette {
        shares = List.copyOf(shares);
    }

    static Palette of(BufferedImage image) {
        var counts = new int[COLOURS];
        var all = 0;
        for (var y = 0; y < image.getHeight(); y += STEP) {
            for (var x = 0; x < image.getWidth(); x += STEP) {
                var rgb = image.getRGB(x, y);
                counts[(rgb >> 22 & 3) << 4 | (rgb >> 14 & 3) << 2 | rgb >> 6 & 3]++;
                all++;
            }
        }
        var shares = new ArrayList<Float>(COLOURS);
        for (var count : counts) {
            shares.add((float) count / all);
        }
        return new Palette(shares);
    }

    /** 1 for the same colours, 0 for no colour in common. */
    public double likeness(Palette other) {
        var common = 0.0;
        for (var i = 0; i < COLOURS; i++) {
            common += Math.min(shares.get(i), other.shares.get(i));
        }
        return common;
    }
}
