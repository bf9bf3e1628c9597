package io.showreel.stitch.cutting.ffmpeg;

import static io.showreel.stitch.editing.HouseFormat.FRAMES_PER_SECOND;

import io.showreel.stitch.editing.HouseFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Looks at a finished film before anybody else does: that FFmpeg ended with 0 proves nothing.
 *
 * <p>Every part of a film was decoded when it was made. So the film needn't be decoded once more: it is right if its
 * coded pictures are those of its parts, bit by bit, one a frame from 0 on, and its one set of parameters is theirs.
 */
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
     * @param parameters of every part
     * @param contents of the coded pictures of all parts in order
     * @return what is wrong with the film; empty for a good one
     */
    Optional<String> flaw(Path film, String parameters, List<String> contents, boolean sound)
            throws IOException, InterruptedException {
        int frames = contents.size();
        var list = bench.file("film.txt");
        var footage = probe.footage(film, list).orElse(null);
        if (footage == null) {
            return Optional.of("it cannot be read to its end");
        }
        var difference = footage.differenceFrom(house);
        if (difference.isPresent()) {
            return difference;
        }
        if (footage.frames() != frames) {
            return Optional.of("it has %d frames, not %d".formatted(footage.frames(), frames));
        }
        if (!footage.parameters().equals(parameters)) {
            return Optional.of("its parameter sets are not those of its parts");
        }
        if (!Probe.PacketList.read(list).contents().equals(contents)) {
            return Optional.of("its pictures are not those of its parts");
        }
        return sound ? flawOfSound(film, frames) : Optional.empty();
    }

    /** Looks at what decoding said and wrote: every frame there, in step, of one size, and no complaint. */
    static Optional<String> flawOfDecoding(Ffmpeg.Result decoded, Path list, HouseFormat house, int frames)
            throws IOException {
        boolean clean = decoded.complaints().lines().allMatch(FilmCheck::isNotAboutTheStream);
        if (decoded.failed() || !clean) {
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

    /** The filter that leaves parameter sets out speaks of the header, which it leaves alone. */
    private static boolean isNotAboutTheStream(String complaint) {
        return complaint.startsWith("[filter_units @");
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
}
