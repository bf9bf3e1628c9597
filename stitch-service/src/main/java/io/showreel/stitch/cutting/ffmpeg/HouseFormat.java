package io.showreel.stitch.cutting.ffmpeg;

import static io.showreel.stitch.cutting.EditList.FRAMES_PER_SECOND;

import io.showreel.stitch.cutting.CannotCutException;
import java.util.List;

/**
 * What every film is: H.264 High, yuv420p, BT.709, 24 frames a second, closed groups of pictures.
 *
 * @param width of the film in pixels
 * @param height of the film in pixels
 */
record HouseFormat(int width, int height) {

    /** Ticks a second: 512 of them a frame, exact for 24 frames a second. */
    static final int TIME_SCALE = 12288;

    static final int TICKS_PER_FRAME = TIME_SCALE / FRAMES_PER_SECOND;

    /** Leaves out what would differ from run to run, so that the same material gives the same bytes. */
    static final List<String> CONTAINER = List.of(
            "-map_metadata", "-1", "-fflags", "+bitexact", "-video_track_timescale", Integer.toString(TIME_SCALE));

    static HouseFormat of(String aspectRatio) {
        return switch (aspectRatio) {
            case "16:9" -> new HouseFormat(1920, 1080);
            case "9:16" -> new HouseFormat(1080, 1920);
            case "1:1" -> new HouseFormat(1080, 1080);
            default ->
                throw new CannotCutException(
                        "unsupported_aspect_ratio", "Films are 16:9, 9:16 or 1:1, not " + aspectRatio + ".");
        };
    }

    /** Makes any picture this format's, {@code frames} long: a longer clip is trimmed, a shorter one held. */
    String filter(Footage footage, int frames) {
        var even = "bwdif=mode=send_frame:deint=interlaced,"
                + "scale='trunc(iw*sar/2)*2':'trunc(ih/2)*2':out_color_matrix=bt709:out_range=tv"
                + ":flags=bicubic+accurate_rnd,setsar=1,format=yuv420p,"
                + "fps=24:start_time=0:round=near,tpad=stop_mode=clone:stop=%1$d,trim=end_frame=%1$d".formatted(frames);
        if (footage.hasShapeOf(width, height)) {
            return "[0:v:0]%s,scale=%d:%d:flags=lanczos,setsar=1,format=yuv420p[v]".formatted(even, width, height);
        }
        return """
                [0:v:0]%s,split[f][g];\
                [g]scale=%d:%d:force_original_aspect_ratio=increase,crop=%2$d:%3$d,boxblur=12:2,\
                scale=%4$d:%5$d:flags=bilinear,eq=brightness=-0.06[back];\
                [f]scale=%4$d:%5$d:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=lanczos[front];\
                [back][front]overlay=(W-w)/2:(H-h)/2:shortest=1,setsar=1,format=yuv420p[v]""".formatted(even, width / 4 / 2 * 2, height / 4 / 2 * 2, width, height);
    }

    /** One line of settings for all: streams of another line must not be joined with these. */
    List<String> encoder(int quality) {
        return List.of(
                "-c:v", "libx264",
                "-profile:v", "high",
                "-level:v", "4.1",
                "-preset", "veryfast",
                "-crf", Integer.toString(quality),
                "-bf", "2",
                "-g", "48",
                "-x264-params", "scenecut=0:stitchable=1:open-gop=0",
                "-colorspace", "bt709",
                "-color_primaries", "bt709",
                "-color_trc", "bt709",
                "-color_range", "tv",
                "-chroma_sample_location", "left",
                "-flags:v", "+bitexact");
    }
}
