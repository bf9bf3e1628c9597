package io.showreel.stitch.cutting.ffmpeg;

import io.showreel.contracts.scene.SceneRequest.Fit;
import io.showreel.stitch.editing.EditList.Kind;
import io.showreel.stitch.editing.Footage;
import io.showreel.stitch.editing.HouseFormat;
import io.showreel.stitch.editing.Segment;
import java.util.List;
import java.util.Locale;

/** How FFmpeg is told to make the house format. */
final class Encoding {

    /** Leaves out what would differ from run to run, so that the same material gives the same bytes. */
    static final List<String> CONTAINER = List.of(
            "-map_metadata",
            "-1",
            "-fflags",
            "+bitexact",
            "-video_track_timescale",
            Integer.toString(HouseFormat.TIME_SCALE));

    /** Changes whenever other bytes come out of the same clip, so that what was made before is not taken for it. */
    private static final String VERSION = "1";

    /** Of a window: so many first frames of an input, from 0 on. */
    private static final String SIDE = "[%d:v:0]trim=end_frame=%d,setpts=PTS-STARTPTS,fps=24,format=yuv420p,settb=1/24";

    private Encoding() {}

    /** Names what {@link #toHouse} and {@link #encoder} make of a clip. */
    static String name(HouseFormat house, Fit fit, int frames, int quality) {
        return "v%s %dx%d %s %d frames quality %d"
                .formatted(VERSION, house.width(), house.height(), fit, frames, quality)
                .toLowerCase(Locale.ROOT);
    }

    /** Makes any picture the house's, {@code frames} long: a longer clip is trimmed, a shorter one held. */
    static String toHouse(Footage footage, HouseFormat house, Fit fit, int frames) {
        var even = "bwdif=mode=send_frame:deint=interlaced,"
                + "scale='max(2,trunc(iw*sar/2)*2)':'max(2,trunc(ih/2)*2)':out_color_matrix=bt709:out_range=tv"
                + ":flags=bicubic+accurate_rnd,setsar=1,format=yuv420p,"
                + "fps=24:start_time=0:round=near,tpad=stop_mode=clone:stop=%1$d,trim=end_frame=%1$d".formatted(frames);
        int width = house.width();
        int height = house.height();
        if (footage.hasShapeOf(house)) {
            return "%s,scale=%d:%d:flags=lanczos,setsar=1,format=yuv420p".formatted(even, width, height);
        }
        return switch (fit) {
            case CROP ->
                "%s,scale=%2$d:%3$d:force_original_aspect_ratio=increase:flags=lanczos,crop=%2$d:%3$d,setsar=1,format=yuv420p"
                        .formatted(even, width, height);
            case BLUR -> """
                %s,split[f][g];\
                [g]scale=%d:%d:force_original_aspect_ratio=increase,crop=%2$d:%3$d,boxblur=%6$d:2,\
                scale=%4$d:%5$d:flags=bilinear,eq=brightness=-0.06[back];\
                [f]scale=%4$d:%5$d:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=lanczos[front];\
                [back][front]overlay=(W-w)/2:(H-h)/2:shortest=1,setsar=1,format=yuv420p\
                """.formatted(even, quarter(width), quarter(height), width, height, blur(width, height));
        };
    }

    /**
     * Both sides of a window and the transition between them. Without the clones, {@code xfade} would lose the last
     * frame of either side.
     */
    static String window(Segment.Window window) {
        if (window.transition().kind() == Kind.FADE) {
            return throughBlack(window);
        }
        var side = SIDE + ",tpad=stop_mode=clone:stop=2[%s];";
        int transition = window.transition().frames();
        return side.formatted(0, window.leaving(), "goes")
                + side.formatted(1, window.until(), "comes")
                + "[goes][comes]xfade=transition=%s:duration=%s:offset=%s,trim=end_frame=%d,setsar=1,format=yuv420p[v]"
                        .formatted(
                                nameOf(window.transition().kind()),
                                seconds(transition),
                                seconds(window.leaving() - transition),
                                window.frames());
    }

    /**
     * As long down to black as up from it, a single frame of which is black: FFmpeg's own {@code fadeblack} is black
     * after a quarter of its time already.
     */
    private static String throughBlack(Segment.Window window) {
        int transition = window.transition().frames();
        int going = transition / 2;
        int before = window.leaving() - transition;
        int turn = before + going;
        return SIDE.formatted(0, turn)
                + ",fade=t=out:start_frame=%d:nb_frames=%d,tpad=stop_mode=clone:stop=%d[goes];"
                        .formatted(before, going, window.frames() - turn + 2)
                + SIDE.formatted(1, window.until())
                + ",fade=t=in:start_frame=%d:nb_frames=%d,tpad=start=%d:stop_mode=clone:stop=2[comes];"
                        .formatted(going, transition - going, before)
                + "[goes][comes]overlay=enable='gte(n,%d)',trim=end_frame=%d,setsar=1,format=yuv420p[v]"
                        .formatted(turn, window.frames());
    }

    /** One line of settings for all: streams of another line must not be joined with these. */
    static List<String> encoder(int quality) {
        return List.of(
                "-c:v",
                "libx264",
                "-profile:v",
                "high",
                "-level:v",
                "4.1",
                "-preset",
                "veryfast",
                "-crf",
                Integer.toString(quality),
                "-bf",
                "2",
                "-g",
                Integer.toString(HouseFormat.GROUP),
                "-x264-params",
                "scenecut=0:stitchable=1:open-gop=0",
                "-colorspace",
                "bt709",
                "-color_primaries",
                "bt709",
                "-color_trc",
                "bt709",
                "-color_range",
                "tv",
                "-chroma_sample_location",
                "left",
                "-flags:v",
                "+bitexact");
    }

    /** @param frames may be between two frames */
    static String seconds(double frames) {
        return String.format(Locale.ROOT, "%.6f", frames / HouseFormat.FRAMES_PER_SECOND);
    }

    /** Never before the frame: a copy would begin a whole group of pictures earlier. */
    static String secondsUpTo(int frame) {
        return String.format(Locale.ROOT, "%.6f", Math.ceil(frame * 1e6 / HouseFormat.FRAMES_PER_SECOND) / 1e6);
    }

    private static String nameOf(Kind kind) {
        return switch (kind) {
            case DISSOLVE -> "fade";
            case WIPE -> "wipeleft";
            case SLIDE -> "slideleft";
            case CUT, FADE -> throw new IllegalArgumentException("FFmpeg has no single filter for it");
        };
    }

    private static int quarter(int side) {
        return side / 8 * 2;
    }

    /** No wider than a small picture allows. */
    private static int blur(int width, int height) {
        return Math.max(1, Math.min(12, Math.min(quarter(width), quarter(height)) / 5));
    }
}
