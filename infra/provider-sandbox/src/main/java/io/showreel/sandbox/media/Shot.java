package io.showreel.sandbox.media;

import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A clip to render.
 *
 * @param frames how many; at the rate of {@code fps}
 * @param first  the photo it starts with
 * @param last   the photo it ends with
 */
record Shot(
        int width,
        int height,
        int frames,
        int fps,
        boolean audio,
        long seed,
        Optional<Frame> first,
        Optional<Frame> last) {

    /** Both cameras stand still for the outermost frame, so that the clip begins and ends with exactly the photos. */
    private record Camera(double zoom, double focusX, double focusY) {
        static Camera drawn(SplittableRandom random, double least, double most) {
            return new Camera(
                    random.nextDouble(least, most), random.nextDouble(0.2, 0.8), random.nextDouble(0.25, 0.75));
        }

        /**
         * The corners of the visible part, moved frame by frame with sub-pixel precision: whole-pixel crops would
         * tremble at this speed.
         *
         * @param progress how far the camera has left its photo, an expression of the frame's number
         */
        String filter(String progress) {
            var margin = "(1-1/(1+%s*%s))".formatted(number(zoom), progress);
            var left = "W*%s*%s".formatted(number(focusX), margin);
            var right = "(W-W*%s*%s)".formatted(number(1 - focusX), margin);
            var top = "H*%s*%s".formatted(number(focusY), margin);
            var bottom = "(H-H*%s*%s)".formatted(number(1 - focusY), margin);
            return ("perspective=eval=frame:interpolation=linear:sense=source"
                            + ":x0='%1$s':y0='%3$s':x1='%2$s':y1='%3$s':x2='%1$s':y2='%4$s':x3='%2$s':y3='%4$s'")
                    .formatted(left, right, top, bottom);
        }
    }

    /** The filter graph: the first photo drifts away while the last one comes to rest, with a dissolve between. */
    String graph() {
        var random = new SplittableRandom(seed);
        if (first.isEmpty() && last.isEmpty()) {
            return fit(0, frames) + "," + Camera.drawn(random, 0.10, 0.25).filter(leaving(0)) + ",format=yuv420p[v]";
        }
        if (first.isEmpty() || last.isEmpty()) {
            return fit(0, frames) + ","
                    + Camera.drawn(random, 0.12, 0.18).filter(last.isEmpty() ? leaving(0) : arriving(0))
                    + ",format=yuv420p[v]";
        }
        int dissolve = Math.max(2, Math.round(frames * 0.4f));
        int from = Math.max(1, Math.round(frames * 0.3f));
        return fit(0, from + dissolve) + ","
                + Camera.drawn(random, 0.07, 0.12).filter(leaving(0)) + "[a];\n"
                + fit(1, frames - from) + ","
                + Camera.drawn(random, 0.07, 0.12).filter(arriving(from)) + "[b];\n"
                + "[a][b]xfade=transition=fade:duration=%s:offset=%s,trim=end_frame=%d,format=yuv420p[v]"
                        .formatted(number((double) dissolve / fps), number((double) from / fps), frames);
    }

    double seconds() {
        return (double) frames / fps;
    }

    /** One photo as a still of so many frames that fills the clip's shape. */
    private String fit(int input, int count) {
        return ("[%d:v:0]trim=end_frame=1,scale=%2$d:%3$d:force_original_aspect_ratio=increase:flags=lanczos+accurate_rnd"
                        + ":out_color_matrix=bt709:out_range=tv,crop=%2$d:%3$d,setsar=1,format=yuv420p,settb=1/%4$d,"
                        + "loop=loop=%5$d:size=1:start=0,setpts=N")
                .formatted(input, width, height, fps, count - 1);
    }

    /** 0 at the first frame, 1 at the last; the filter counts its frames from 1. */
    private String leaving(int offset) {
        return "pow((on-1+%d)/%d,1.4)".formatted(offset, Math.max(1, frames - 1));
    }

    private String arriving(int offset) {
        return "pow(max(0,1-(on-1+%d)/%d),1.4)".formatted(offset, Math.max(1, frames - 1));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
