package io.showreel.stitch.cutting.ffmpeg;

import io.showreel.stitch.cutting.Reel.Stills;
import io.showreel.stitch.editing.HouseFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pictures taken while a reel is decoded anyway: a strip of small ones, and how sharp and well exposed each of them is.
 *
 * @param pictures all of them in full size, one behind the other; not there unless they were asked for
 * @param step frames from one picture to the next
 */
record Snapshots(Path strip, Path exposure, Path edges, Path pictures, int tiles, int step) {

    /** Few enough that a strip never grows taller than a JPEG may be. */
    private static final int MOST_TILES = 120;

    /** Longer side of a tile in pixels. */
    private static final int TILE = 160;

    /** The best luma to look at, of 0 to 255. */
    private static final double WELL_EXPOSED = 118;

    static Snapshots of(Bench bench, int frames) {
        int groups = Math.ceilDiv(frames, HouseFormat.GROUP);
        int step = HouseFormat.GROUP * Math.ceilDiv(groups, MOST_TILES);
        return new Snapshots(
                bench.file("strip.png"),
                bench.file("exposure.txt"),
                bench.file("edges.txt"),
                bench.file("pictures.mp4"),
                Math.ceilDiv(frames, step),
                step);
    }

    /**
     * Branches of a filter graph from {@code source} to {@code [strip]} and {@code [seen]}. No full-range YUV in them:
     * FFmpeg would warn about it as if something were wrong with the clip.
     */
    String branches(String source, int width, int height) {
        return "%sselect='not(mod(n,%d))',split=2[tiles][looks];".formatted(source, step) + looks(width, height);
    }

    /** The same, and a branch to {@code [pictures]}: of a clip with a single keyframe, to seek one costs a decoding. */
    String branchesWithPictures(String source, int width, int height) {
        return "%sselect='not(mod(n,%d))',split=3[tiles][looks][full];".formatted(source, step)
                // One after the other, lest the gaps between them be filled.
                + "[full]setpts=N/24/TB,scale='min(1280,iw)':-2,setsar=1[pictures];"
                + looks(width, height);
    }

    private String looks(int width, int height) {
        return "[tiles]scale=%s,setsar=1,format=rgb24,tile=1x%d[strip];".formatted(tileOf(width, height), tiles)
                + "[looks]scale=480:-2,signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=%s,"
                        .formatted(exposure.getFileName())
                + "format=gray,sobel,format=yuv420p,signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=%s[seen]"
                        .formatted(edges.getFileName());
    }

    /** Where the branches end. */
    List<String> outputs() {
        return List.of(
                "-map",
                "[strip]",
                "-frames:v",
                "1",
                // One picture, not the first of a row: FFmpeg would warn of a name without a number.
                "-update",
                "1",
                "-map_metadata",
                "-1",
                "-flags:v",
                "+bitexact",
                strip.toString(),
                "-map",
                "[seen]",
                "-f",
                "null",
                "-");
    }

    /** Where the branch of pictures in full size ends. */
    List<String> outputOfPictures() {
        return List.of(
                "-map",
                "[pictures]",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-crf",
                "8",
                "-g",
                "1",
                "-threads",
                "1",
                pictures.toString());
    }

    /** The best of the frames, if pictures in full size were taken. */
    Stills bestOfPictures(Bench bench) throws IOException, InterruptedException {
        return best(pictures, 1, bench);
    }

    /** The best of the frames in its full size, from the file that the pictures were taken of. */
    Stills best(Path file, Bench bench) throws IOException, InterruptedException {
        return best(file, step, bench);
    }

    private Stills best(Path file, int distance, Bench bench) throws IOException, InterruptedException {
        var scores = scores();
        int best = best(scores);
        var picture = bench.file("best.jpg");
        var command = Arguments.saying("warning");
        if (best > 0) {
            command.with("-ss", Encoding.seconds(best * distance - 0.5));
        }
        bench.succeed(command.input(file)
                .with("-map", "0:v:0", "-vf", "scale='min(1280,iw)':-2:out_range=pc,setsar=1,format=yuvj420p")
                .with("-frames:v", "1", "-q:v", "3", "-map_metadata", "-1", "-flags:v", "+bitexact")
                .to(picture));
        return new Stills(picture, scores.get(best), strip, tiles, step);
    }

    private List<Double> scores() throws IOException {
        var light = values(exposure);
        var sharpness = values(edges);
        int frames = Math.min(light.size(), sharpness.size());
        return IntStream.range(0, frames)
                .mapToObj(i -> score(light.get(i), sharpness.get(i)))
                .toList();
    }

    /** The place of the first of the highest. */
    private static int best(List<Double> scores) throws IOException {
        return IntStream.range(0, scores.size())
                .reduce((one, other) -> scores.get(other) > scores.get(one) ? other : one)
                .orElseThrow(() -> new IOException("No picture could be taken"));
    }

    /** Sharp edges count, and less the darker or brighter the whole picture is. */
    static double score(double exposure, double edges) {
        return edges * Math.max(0.1, 1 - Math.abs(exposure - WELL_EXPOSED) / WELL_EXPOSED);
    }

    private static String tileOf(int width, int height) {
        return width >= height ? TILE + ":-2" : "-2:" + TILE;
    }

    private static List<Double> values(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("lavfi."))
                    .map(line -> Double.parseDouble(line.substring(line.indexOf('=') + 1)))
                    .toList();
        }
    }
}
