package io.showreel.stitch.cutting.ffmpeg;

import io.showreel.stitch.cutting.CuttingSettings;
import io.showreel.stitch.cutting.Reel;
import io.showreel.stitch.cutting.Reel.Stills;
import io.showreel.stitch.cutting.ffmpeg.Reels.Spec;
import io.showreel.stitch.editing.CannotCutException;
import io.showreel.stitch.editing.EditList.Shot;
import io.showreel.stitch.editing.Footage;
import io.showreel.stitch.editing.HouseFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes reels of clips: looks them over as they are, or encodes them anew. */
final class Darkroom {

    private static final Logger LOG = LoggerFactory.getLogger(Darkroom.class);

    private final Bench bench;
    private final Probe probe;
    private final CuttingSettings settings;
    private final HouseFormat house;

    Darkroom(Bench bench, Probe probe, CuttingSettings settings, HouseFormat house) {
        this.bench = bench;
        this.probe = probe;
        this.settings = settings;
        this.house = house;
    }

    /** What decoding a clip of the house format shows; {@code flaw} is why it must not be copied. */
    record Examined(Optional<Reel> reel, Optional<String> flaw) {}

    Examined examine(Path clip, Footage footage) throws IOException, InterruptedException {
        var list = bench.file("pictures.txt");
        var contents = bench.file("contents.txt");
        var snapshots = Snapshots.of(bench, footage.frames());
        var decoded = bench.run(Arguments.saying("warning")
                .with("-threads", threads())
                .input(clip)
                .with("-filter_complex", snapshots.branchesWithPictures("[0:v:0]", footage.width(), footage.height()))
                // Without autoscale, a picture of another size stays what it is.
                .with("-map", "0:v:0", "-autoscale", "0", "-f", "framecrc", list.toString())
                .with(Probe.pictures(contents))
                .with(snapshots.outputs())
                .with(snapshots.outputOfPictures())
                .toNowhere());
        var flaw = FilmCheck.flawOfDecoding(decoded, list, house, footage.frames());
        return flaw.isPresent()
                ? new Examined(Optional.empty(), flaw)
                : new Examined(
                        Optional.of(new Reel(
                                clip,
                                footage,
                                Probe.PacketList.read(contents).contents(),
                                snapshots.bestOfPictures(bench))),
                        flaw);
    }

    /**
     * The clip as the house delivers it, as long as its scene.
     *
     * @throws CannotCutException if it can't be read to its end
     */
    Reel normalise(Shot shot, Path clip, Footage footage, Spec spec, IntUnaryOperator percentAt)
            throws IOException, InterruptedException {
        var reel = bench.file("reel.mp4");
        var snapshots = Snapshots.of(bench, shot.frames());
        var encoded = bench.run(
                percentAt,
                Arguments.saying("warning")
                        .with("-filter_threads", threads(), "-filter_complex_threads", threads(), "-threads", threads())
                        .input(clip)
                        .with(
                                "-filter_complex",
                                "[0:v:0]" + Encoding.toHouse(footage, house, spec.fit(), shot.frames())
                                        + ",split=2[v][also];"
                                        + snapshots.branches("[also]", house.width(), house.height()))
                        .with("-map", "[v]", "-an", "-frames:v", Integer.toString(shot.frames()))
                        .with(Encoding.encoder(settings.quality()))
                        .with("-threads", threads())
                        .with(Encoding.CONTAINER)
                        .with(reel.toString())
                        .with(snapshots.outputs())
                        .toNowhere());
        if (encoded.failed()) {
            LOG.warn("FFmpeg refused {}: {}", shot.clip(), encoded.complaints());
            throw unreadable(shot);
        }
        var stills = new CompletableFuture<Stills>();
        var checked = new CompletableFuture<Checked>();
        Parallel.all(List.of(
                () -> checked.complete(checked(reel, shot, spec.line())),
                () -> stills.complete(snapshots.best(reel, bench))));
        return new Reel(reel, checked.join().footage(), checked.join().contents(), stills.join());
    }

    private record Checked(Footage footage, List<String> contents) {}

    /**
     * What the encoder wrote, once it decodes as it should: a full disk or a broken build must not get into a film. Its
     * parameters and the size of its pictures say that it is of the house format.
     */
    private Checked checked(Path reel, Shot shot, String line) throws IOException, InterruptedException {
        var contents = bench.file("contents.txt");
        var packets = bench.file("packets.txt");
        var pictures = bench.file("pictures.txt");
        var decoded = bench.run(Arguments.saying("warning")
                .with("-threads", threads())
                .input(reel)
                .with("-map", "0:v:0", "-c", "copy", "-f", "framecrc", packets.toString())
                .with(Probe.pictures(contents))
                .with("-map", "0:v:0", "-autoscale", "0", "-f", "framecrc", pictures.toString())
                .toNowhere());
        var flaw = FilmCheck.flawOfDecoding(decoded, pictures, house, shot.frames());
        if (flaw.isPresent()) {
            throw new IOException(
                    "The clip of \"%s\", encoded anew, is flawed: %s".formatted(shot.title(), flaw.get()));
        }
        var footage = Probe.ofTheHouse(Probe.PacketList.read(packets));
        if (!footage.parameters().equals(line) || !footage.hasSteadyFrames() || footage.frames() != shot.frames()) {
            throw new IOException(
                    "The clip of \"%s\", encoded anew, is not of the house format".formatted(shot.title()));
        }
        return new Checked(footage, Probe.PacketList.read(contents).contents());
    }

    /** The parameter sets that the house's encoder writes, in a stream of a few dark frames. */
    String line() throws IOException, InterruptedException {
        var sample = bench.file("line.mp4");
        bench.succeed(Arguments.saying("warning")
                .with("-f", "lavfi", "-i", "color=s=%dx%d:r=24".formatted(house.width(), house.height()))
                .with("-vf", "setsar=1,format=yuv420p", "-frames:v", "3")
                .with(Encoding.encoder(settings.quality()))
                .with(Encoding.CONTAINER)
                .to(sample));
        return probe.footage(sample)
                .map(Footage::parameters)
                .orElseThrow(() -> new IOException("FFmpeg cannot read its own stream"));
    }

    static CannotCutException unreadable(Shot shot) {
        return new CannotCutException(
                "unreadable_clip", "The clip of the scene \"%s\" cannot be read to its end.".formatted(shot.title()));
    }

    private String threads() {
        return Integer.toString(settings.threads());
    }
}
