package io.showreel.stitch.cutting.ffmpeg;

import io.showreel.stitch.cutting.CuttingSettings;
import io.showreel.stitch.cutting.Reel;
import io.showreel.stitch.editing.HouseFormat;
import io.showreel.stitch.editing.Segment;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one stream of pictures from reels: copies what can be copied, encodes windows, and joins both. */
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

    /**
     * Joined pictures without sound.
     *
     * @param contents of every coded picture, as they have to be found in the film
     * @param flaw what went wrong
     */
    record Pictures(Path file, List<String> contents, Optional<String> flaw) {}

    /** A piece of the film in a file of its own. */
    private record Part(Path file, int frames, List<String> contents, Optional<String> flaw) {}

    Pictures pictures(List<Segment> segments, List<Reel> reels) throws IOException, InterruptedException {
        var parts = Parallel.map(segments, segment -> switch (segment) {
            case Segment.Body body -> body(body, reels.get(body.clip()));
            case Segment.Window window -> encode(window, reels.get(window.clip()), reels.get(window.clip() + 1));
        });
        var flaw = parts.stream().flatMap(part -> part.flaw().stream()).findFirst();
        return flaw.isPresent() ? new Pictures(parts.getFirst().file(), List.of(), flaw) : join(parts);
    }

    private Part body(Segment.Body body, Reel reel) throws IOException, InterruptedException {
        boolean whole =
                body.frames() == reel.footage().frames() && reel.footage().alone();
        if (whole && reel.contents().size() == body.frames()) {
            try {
                // Under a name of ours, as the list of parts names it.
                var part = Files.createLink(bench.file("whole.mp4"), reel.file());
                return new Part(part, body.frames(), reel.contents(), Optional.empty());
            } catch (FileSystemException | UnsupportedOperationException e) {
                LOG.debug("{} lies where it cannot be linked from", reel.file(), e);
            }
        }
        return copy(body, reel);
    }

    /** Sound must go before joining: where it is longer than the pictures, the next clip would start late. */
    private Part copy(Segment.Body body, Reel reel) throws IOException, InterruptedException {
        var part = bench.file("body.mp4");
        var list = bench.file("body.txt");
        var command = Arguments.saying("error");
        if (body.from() > 0) {
            command.with("-ss", Encoding.secondsUpTo(body.from()));
        }
        var frames = Integer.toString(body.frames());
        var copied = bench.run(command.input(reel.file())
                .with("-map", "0:v:0", "-an", "-c", "copy", "-frames:v", frames)
                .with(Encoding.CONTAINER)
                .with(part.toString())
                .with("-frames:v", frames)
                .with(Probe.pictures(list))
                .toNowhere());
        if (copied.failed()) {
            return flawed(part, "a clip cannot be copied: " + copied.complaints());
        }
        var contents = Probe.PacketList.read(list).contents();
        return contents.size() == body.frames()
                ? new Part(part, body.frames(), contents, Optional.empty())
                : flawed(part, "a copy has %d frames, not %d".formatted(contents.size(), body.frames()));
    }

    private Part encode(Segment.Window window, Reel goes, Reel comes) throws IOException, InterruptedException {
        var part = bench.file("window.mp4");
        var threads = Integer.toString(settings.threads());
        var command = Arguments.saying("warning")
                .with("-filter_complex_threads", threads)
                .with("-threads", threads);
        if (window.from() > 0) {
            // Half a frame early: what lies before the first frame is dropped, whichever way its time was rounded.
            command.with("-ss", Encoding.seconds(window.from() - 0.5));
        }
        var encoded = bench.run(command.input(goes.file())
                .with("-threads", threads)
                .input(comes.file())
                .with("-filter_complex", Encoding.window(window))
                .with("-map", "[v]", "-an", "-frames:v", Integer.toString(window.frames()))
                .with(Encoding.encoder(settings.quality()))
                .with("-threads", threads)
                .with(Encoding.CONTAINER)
                .to(part));
        return encoded.failed()
                ? flawed(part, "a transition cannot be encoded: " + encoded.complaints())
                : checked(part, window);
    }

    private Part checked(Path part, Segment.Window window) throws IOException, InterruptedException {
        var pictures = bench.file("window-pictures.txt");
        var list = bench.file("window.txt");
        var decoded = bench.run(Arguments.saying("warning")
                .input(part)
                .with("-map", "0:v:0", "-autoscale", "0", "-f", "framecrc", pictures.toString())
                .with(Probe.pictures(list))
                .toNowhere());
        var flaw = FilmCheck.flawOfDecoding(decoded, pictures, house, window.frames());
        return flaw.isPresent()
                ? flawed(part, "a transition is flawed: " + flaw.get())
                : new Part(part, window.frames(), Probe.PacketList.read(list).contents(), Optional.empty());
    }

    private Pictures join(List<Part> parts) throws IOException, InterruptedException {
        var film = bench.file("pictures.mp4");
        var joined = bench.run(Arguments.saying("warning")
                .with("-protocol_whitelist", "file,pipe", "-f", "concat", "-safe", "0")
                .with("-i", list(parts).toString())
                .with("-map", "0:v:0", "-c", "copy", "-movflags", "+faststart")
                .with(Encoding.CONTAINER)
                .to(film));
        var contents = new ArrayList<String>();
        for (var part : parts) {
            contents.addAll(part.contents());
            Files.delete(part.file());
        }
        boolean clean = !joined.failed() && joined.complaints().isEmpty();
        return new Pictures(
                film,
                contents,
                clean ? Optional.empty() : Optional.of("its parts do not join cleanly: " + joined.complaints()));
    }

    /** Names only files of the bench, whose names are ours: nothing that a user wrote gets into the list. */
    private Path list(List<Part> parts) throws IOException {
        var list = new StringBuilder();
        for (var part : parts) {
            // The stated length cures a last frame that is too short or too long.
            list.append(
                    "file '%s'\nduration %s\n".formatted(part.file().getFileName(), Encoding.seconds(part.frames())));
        }
        return Files.writeString(bench.file("parts.txt"), list);
    }

    private static Part flawed(Path part, String why) {
        return new Part(part, 0, List.of(), Optional.of(why));
    }
}
