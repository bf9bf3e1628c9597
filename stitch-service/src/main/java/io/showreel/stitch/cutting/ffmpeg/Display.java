package io.showreel.stitch.cutting.ffmpeg;

import io.showreel.stitch.cutting.Editor.Shown;
import io.showreel.stitch.cutting.Reel;
import io.showreel.stitch.editing.EditList;
import io.showreel.stitch.editing.HouseFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a player shows before and beside a film, put together from what was taken of its reels. */
final class Display {

    /** Longer side of a small picture; what {@link Snapshots} scales to. */
    private static final int TILE = 160;

    private final Bench bench;
    private final HouseFormat house;

    Display(Bench bench, HouseFormat house) {
        this.bench = bench;
        this.house = house;
    }

    /** The best frame of those reels that were looked over; empty if none was. */
    static Optional<Path> poster(List<Reel> reels) {
        return reels.stream()
                .map(Reel::stills)
                .filter(Objects::nonNull)
                .max(Comparator.comparingDouble(Reel.Stills::score))
                .map(Reel.Stills::best);
    }

    Shown of(EditList edits, List<Reel> reels, Path poster) throws IOException, InterruptedException {
        var track = Files.writeString(bench.file("track.vtt"), track(edits, reels));
        var webp = bench.file("poster.webp");
        var sprite = bench.file("sprite.jpg");
        bench.succeed(inputs(reels, poster)
                .with("-filter_complex", columns(reels), "-map", "[s]", "-frames:v", "1", "-q:v", "4")
                .with("-map_metadata", "-1", "-flags:v", "+bitexact", sprite.toString())
                .with("-map", reels.size() + ":v:0", "-c:v", "libwebp", "-quality", "80")
                .with("-map_metadata", "-1", "-flags:v", "+bitexact")
                .to(webp));
        return new Shown(reels, poster, webp, sprite, track);
    }

    /**
     * The strips of all reels, and the poster behind them. One thread each: with as many as there are cores, those of
     * sixty small pictures alone would go beyond the memory that a process may address.
     */
    private static Arguments inputs(List<Reel> reels, Path poster) {
        var inputs = Arguments.saying("error").with("-filter_complex_threads", "1");
        reels.forEach(
                reel -> inputs.with("-threads", "1").input(reel.stillsOfIt().strip()));
        return inputs.with("-threads", "1").input(poster);
    }

    /** One column of small pictures for each clip. */
    private String columns(List<Reel> reels) {
        int height =
                reels.stream().mapToInt(reel -> reel.stillsOfIt().tiles()).max().orElseThrow() * tileHeight();
        var graph = new StringBuilder();
        var columns = new StringBuilder();
        for (int i = 0; i < reels.size(); i++) {
            graph.append("[%d:v:0]scale=%d:%d,pad=%2$d:%d:0:0,setsar=1[c%1$d];"
                    .formatted(i, tileWidth(), reels.get(i).stillsOfIt().tiles() * tileHeight(), height));
            columns.append("[c%d]".formatted(i));
        }
        return graph + (reels.size() == 1 ? "[c0]null[s]" : columns + "hstack=inputs=%d[s]".formatted(reels.size()));
    }

    /** Says which part of the sprite belongs to which time; the film's times, so that overlaps count once. */
    private String track(EditList edits, List<Reel> reels) {
        var track = new StringBuilder("WEBVTT\n");
        for (int i = 0; i < reels.size(); i++) {
            int start = edits.startOf(i);
            int end = i + 1 < reels.size() ? edits.startOf(i + 1) : edits.frames();
            var stills = reels.get(i).stillsOfIt();
            for (int tile = 0; tile < stills.tiles() && start + tile * stills.step() < end; tile++) {
                int from = start + tile * stills.step();
                track.append("\n%s --> %s\nsprite.jpg#xywh=%d,%d,%d,%d\n"
                        .formatted(
                                time(from),
                                time(Math.min(end, from + stills.step())),
                                i * tileWidth(),
                                tile * tileHeight(),
                                tileWidth(),
                                tileHeight()));
            }
        }
        return track.toString();
    }

    private static String time(int frame) {
        long millis = Math.round(frame * 1000.0 / HouseFormat.FRAMES_PER_SECOND);
        return "%02d:%02d:%02d.%03d"
                .formatted(millis / 3_600_000, millis / 60_000 % 60, millis / 1000 % 60, millis % 1000);
    }

    private int tileWidth() {
        return house.width() >= house.height() ? TILE : TILE * house.width() / house.height() / 2 * 2;
    }

    private int tileHeight() {
        return house.width() >= house.height() ? TILE * house.height() / house.width() / 2 * 2 : TILE;
    }
}
