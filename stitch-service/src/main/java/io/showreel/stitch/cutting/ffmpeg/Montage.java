package io.showreel.stitch.cutting.ffmpeg;

import io.showreel.stitch.cutting.CannotCutException;
import io.showreel.stitch.cutting.CuttingSettings;
import io.showreel.stitch.cutting.EditList;
import io.showreel.stitch.cutting.EditList.Shot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one stream of pictures from clips, by copying or by encoding each anew. */
final class Montage {

    private static final Logger LOG = LoggerFactory.getLogger(Montage.class);

    private final Bench bench;
    private final CuttingSettings settings;
    private final HouseFormat house;

    Montage(Bench bench, CuttingSettings settings, HouseFormat house) {
        this.bench = bench;
        this.settings = settings;
        this.house = house;
    }

    /** A scene's clip with what FFmpeg sees in it. */
    record Clip(Shot shot, Path file, Footage footage) {}

    /** Joined pictures without sound, and what went wrong with them. */
    record Pictures(Path file, Optional<String> flaw) {}

    /** Whether the clips fit together as they are. */
    boolean canCopy(List<Clip> clips) {
        var first = clips.getFirst().footage();
        return clips.stream()
                .allMatch(clip -> clip.footage().isOf(house)
                        && clip.footage().isLike(first)
                        && clip.footage().canEndAfter(clip.shot().frames()));
    }

    Pictures copy(List<Clip> clips) throws IOException, InterruptedException {
        var parts = new ArrayList<Path>();
        for (var clip : clips) {
            var part = bench.file("copy-" + parts.size() + ".mp4");
            // Sound must go before joining: where it is longer than the pictures, the next clip would start late.
            var copied = bench.run(Arguments.saying("warning")
                    .input(clip.file())
                    .with("-map", "0:v:0", "-an", "-c", "copy")
                    .with("-frames:v", Integer.toString(clip.shot().frames()))
                    .with(HouseFormat.CONTAINER)
                    .to(part));
            if (copied.failed()) {
                throw unreadable(clip.shot());
            }
            parts.add(part);
        }
        return join(clips, parts);
    }

    /** @param percentAt what is reached with so many frames of all done */
    Pictures normalise(List<Clip> clips, IntUnaryOperator percentAt) throws IOException, InterruptedException {
        var threads = Integer.toString(settings.threads());
        var parts = new ArrayList<Path>();
        int before = 0;
        for (var clip : clips) {
            var part = bench.file("normal-" + parts.size() + ".mp4");
            int frames = clip.shot().frames();
            int done = before;
            var encoded = bench.run(
                    more -> percentAt.applyAsInt(done + more),
                    Arguments.saying("warning")
                            .with("-filter_threads", threads, "-filter_complex_threads", threads, "-threads", threads)
                            .input(clip.file())
                            .with("-filter_complex", house.filter(clip.footage(), frames))
                            .with("-map", "[v]", "-an", "-frames:v", Integer.toString(frames))
                            .with(house.encoder(settings.quality()))
                            .with("-threads", threads)
                            .with(HouseFormat.CONTAINER)
                            .to(part));
            if (encoded.failed()) {
                LOG.warn("FFmpeg refused {}: {}", clip.shot().clip(), encoded.complaints());
                throw unreadable(clip.shot());
            }
            parts.add(part);
            before += frames;
        }
        return join(clips, parts);
    }

    static CannotCutException unreadable(Shot shot) {
        return new CannotCutException(
                "unreadable_clip", "The clip of the scene \"%s\" cannot be read to its end.".formatted(shot.title()));
    }

    private Pictures join(List<Clip> clips, List<Path> parts) throws IOException, InterruptedException {
        var film = bench.file("pictures.mp4");
        var joined = bench.run(Arguments.saying("warning")
                .with("-f", "concat", "-safe", "0")
                .with("-i", list(clips, parts).toString())
                .with("-map", "0:v:0", "-c", "copy", "-movflags", "+faststart")
                .with(HouseFormat.CONTAINER)
                .to(film));
        for (var part : parts) {
            Files.delete(part);
        }
        boolean clean = !joined.failed() && joined.complaints().isEmpty();
        return new Pictures(
                film, clean ? Optional.empty() : Optional.of("its parts do not join cleanly: " + joined.complaints()));
    }

    private Path list(List<Clip> clips, List<Path> parts) throws IOException {
        var list = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            // The stated length cures a last frame that is too short or too long.
            double seconds = clips.get(i).shot().frames() / (double) EditList.FRAMES_PER_SECOND;
            list.append(String.format(
                    Locale.ROOT, "file '%s'\nduration %.6f\n", parts.get(i).getFileName(), seconds));
        }
        return Files.writeString(bench.file("parts.txt"), list);
    }
}
