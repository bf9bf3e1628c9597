package io.showreel.stitch.cutting.ffmpeg;

import static io.showreel.stitch.cutting.EditList.FRAMES_PER_SECOND;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Looks at a finished film before anybody else does: that FFmpeg ended with 0 proves nothing. */
final class FilmCheck {

    private static final int SAMPLES_PER_SECOND = 48_000;
    /** A packet of AAC. */
    private static final int SOUND_TOLERANCE = 1024;

    private final Bench bench;
    private final Probe probe;
    private final HouseFormat house;

    FilmCheck(Bench bench, Probe probe, HouseFormat house) {
        this.bench = bench;
        this.probe = probe;
        this.house = house;
    }

    /**
     * @param percentAt what is reached with so many frames looked at
     * @return what is wrong with the film; empty for a good one
     */
    Optional<String> flaw(Path film, int frames, boolean sound, IntUnaryOperator percentAt)
            throws IOException, InterruptedException {
        var footage = probe.footage(film).orElse(null);
        if (footage == null) {
            return Optional.of("it cannot be read to its end");
        }
        if (!footage.isOf(house)) {
            return Optional.of("it is not of the house format: " + summary(footage));
        }
        if (footage.frames() != frames) {
            return Optional.of("it has %d frames, not %d".formatted(footage.frames(), frames));
        }
        var flaw = flawOfPictures(film, frames, percentAt);
        return flaw.isPresent() || !sound ? flaw : flawOfSound(film, frames);
    }

    private Optional<String> flawOfPictures(Path film, int frames, IntUnaryOperator percentAt)
            throws IOException, InterruptedException {
        var list = bench.file("pictures.txt");
        // Without autoscale, a picture of another size stays what it is.
        var decoded = bench.run(
                percentAt,
                Arguments.saying("warning")
                        .input(film)
                        .with("-map", "0:v:0", "-autoscale", "0", "-f", "framecrc")
                        .to(list));
        if (decoded.failed() || !decoded.complaints().isEmpty()) {
            return Optional.of("it does not decode cleanly: " + decoded.complaints());
        }
        var pictures = Probe.PacketList.read(list);
        long size = house.width() * house.height() * 3L / 2;
        boolean complete = pictures.packets().size() == frames;
        boolean steady = IntStream.range(0, pictures.packets().size())
                .allMatch(i -> pictures.packets().get(i).pts() == i);
        boolean oneSize = pictures.sizes().stream().allMatch(each -> each == size);
        return complete && steady && oneSize
                ? Optional.empty()
                : Optional.of("its pictures are not all there, in step and of one size");
    }

    private Optional<String> flawOfSound(Path film, int frames) throws IOException, InterruptedException {
        var packets =
                probe.packets(film, "0:a:0").map(Probe.PacketList::packets).orElse(List.of());
        if (packets.isEmpty()) {
            return Optional.of("its sound cannot be read");
        }
        long samples = packets.getLast().pts() + packets.getLast().duration();
        long wanted = (long) frames * SAMPLES_PER_SECOND / FRAMES_PER_SECOND;
        return Math.abs(samples - wanted) <= SOUND_TOLERANCE
                ? Optional.empty()
                : Optional.of("its sound has %d samples, not %d".formatted(samples, wanted));
    }

    private static String summary(Footage footage) {
        return "%s %s(%s) %dx%d, time base %s, pixels %s"
                .formatted(
                        footage.codec(),
                        footage.pixels(),
                        footage.colours(),
                        footage.width(),
                        footage.height(),
                        footage.timeBase(),
                        footage.pixelAspect());
    }
}
