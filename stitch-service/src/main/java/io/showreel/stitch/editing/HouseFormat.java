package io.showreel.stitch.editing;

/**
 * What every film is: H.264 High, yuv420p, BT.709, 24 frames a second, closed groups of pictures.
 *
 * @param width of the film in pixels
 * @param height of the film in pixels
 */
public record HouseFormat(int width, int height) {

    public static final int FRAMES_PER_SECOND = 24;

    /** Ticks a second: 512 of them a frame, exact for 24 frames a second. */
    public static final int TIME_SCALE = 12288;

    public static final int TICKS_PER_FRAME = TIME_SCALE / FRAMES_PER_SECOND;

    /**
     * Frames from one keyframe to the next. Half a second is short enough for any transition, known or still to come:
     * what has to be encoded anew around it ends at the next keyframe.
     */
    public static final int GROUP = 12;

    /**
     * @param aspectRatio {@code 16:9}, {@code 9:16} or {@code 1:1}
     * @param shortSide of the film in pixels; 1080 makes 1920x1080, 1080x1920 and 1080x1080
     */
    public static HouseFormat of(String aspectRatio, int shortSide) {
        int longSide = shortSide * 16 / 9;
        return switch (aspectRatio) {
            case "16:9" -> new HouseFormat(longSide, shortSide);
            case "9:16" -> new HouseFormat(shortSide, longSide);
            case "1:1" -> new HouseFormat(shortSide, shortSide);
            default ->
                throw new CannotCutException(
                        "unsupported_aspect_ratio", "Films are 16:9, 9:16 or 1:1, not " + aspectRatio + ".");
        };
    }
}
