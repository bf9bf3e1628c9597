package io.showreel.selection.photo;

/**
 * How two photos lie to each other. A camera can move between two that are neither the same picture nor of different
 * places. The bounds are from 84 photos in 15 groups: repeated shots differ by up to 9 bits, neighbouring views by 12
 * to 40, photos of different places by 35 and more, with 38 % of their colours in common on average.
 *
 * @param distance of the {@link Hashes}, 0 to 128
 * @param colours in common, 0 to 1
 */
public record Kinship(int distance, double colours) {

    private static final int LARGEST_OF_DUPLICATES = 10;
    private static final int LARGEST_OF_NEIGHBOURS = 40;
    private static final int LARGEST_OF_ONE_PLACE = 30;
    private static final double LEAST_COLOURS = 0.4;
    private static final double UNRELATED = 64;

    /** No camera move lies between them: the clip would stand still. */
    public boolean isNearDuplicate() {
        return isNearDuplicate(distance);
    }

    static boolean isNearDuplicate(int distance) {
        return distance <= LARGEST_OF_DUPLICATES;
    }

    /** Nothing says that they show one place: the clip would have to invent the way. */
    public boolean isStrange() {
        return distance > LARGEST_OF_NEIGHBOURS && colours < LEAST_COLOURS;
    }

    /** Closer than photos of different places come to each other, so that sight alone says that they show one. */
    public boolean isOnePlace() {
        return distance <= LARGEST_OF_ONE_PLACE;
    }

    /** Close enough for one calm move of the camera. */
    public boolean isCameraMoveApart() {
        return !isNearDuplicate() && distance <= LARGEST_OF_NEIGHBOURS;
    }

    /** 1 for the smallest move, towards 0 for photos that have nothing in common. */
    public double closeness() {
        return 0.6 * (1 - Math.min(1, distance / UNRELATED)) + 0.4 * colours;
    }
}
