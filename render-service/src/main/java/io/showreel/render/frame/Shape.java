package io.showreel.render.frame;

import java.awt.Dimension;
import java.awt.Rectangle;

/** An aspect ratio such as {@code 16:9}. */
record Shape(int across, int down) {

    static Shape of(String ratio) {
        var sides = ratio.split(":", -1);
        if (sides.length != 2) {
            throw new IllegalArgumentException("No aspect ratio: " + ratio);
        }
        return new Shape(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    }

    /** The largest part of this shape around the middle. */
    Rectangle middleOf(int width, int height) {
        if ((long) width * down > (long) height * across) {
            var cut = Math.max(1, Math.round((float) height * across / down));
            return new Rectangle((width - cut) / 2, 0, cut, height);
        }
        var cut = Math.max(1, Math.round((float) width * down / across));
        return new Rectangle(0, (height - cut) / 2, width, cut);
    }

    /** This shape, as near to a size as the bounds permit; in even numbers, as encoders want them. */
    Dimension within(int width, int shortest, int longest) {
        var wide = Math.max(across, down);
        var narrow = Math.min(across, down);
        var asked = across >= down ? width : Math.round((float) width * down / across);
        var least = Math.round((float) shortest * wide / narrow);
        var long1 = Math.clamp(asked, Math.min(least, longest), longest);
        var short1 = Math.round((float) long1 * narrow / wide);
        return across >= down ? new Dimension(even(long1), even(short1)) : new Dimension(even(short1), even(long1));
    }

    private static int even(int number) {
        return number / 2 * 2;
    }
}
