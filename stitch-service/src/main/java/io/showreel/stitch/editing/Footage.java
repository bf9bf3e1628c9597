package io.showreel.stitch.editing;

import static io.showreel.stitch.editing.HouseFormat.TICKS_PER_FRAME;
import static io.showreel.stitch.editing.HouseFormat.TIME_SCALE;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A video stream as FFmpeg sees it: its description, and the timing of every packet.
 *
 * @param pixels such as {@code yuv420p}
 * @param colours range and colour space as far as they are tagged, such as {@code tv, bt709}
 * @param pixelAspect such as {@code 1/1}; {@code 0/1} if unknown
 * @param rotation whether a player turns the pictures, by any angle
 * @param onItsSide whether a player turns them by a quarter
 * @param timeBase such as {@code 1/12288}
 * @param parameters checksum of codec and parameter sets: equal ones can follow each other in one stream
 * @param alone whether its file holds no other stream, such as sound; false if unknown
 * @param packets in decoding order
 */
public record Footage(
        String codec,
        String pixels,
        String colours,
        int width,
        int height,
        String pixelAspect,
        boolean rotation,
        boolean onItsSide,
        String timeBase,
        String parameters,
        boolean alone,
        List<Packet> packets) {

    /** In units of the time base. */
    public record Packet(long dts, long pts, long duration, boolean key) {}

    public Footage {
        packets = List.copyOf(packets);
    }

    public int frames() {
        return packets.size();
    }

    /** Why it is not what the house delivers, whatever its length; empty if it is. */
    public Optional<String> differenceFrom(HouseFormat house) {
        if (!codec.equals("h264")) {
            return Optional.of("it is %s, not h264".formatted(codec));
        }
        if (rotation) {
            return Optional.of("players have to turn it");
        }
        if (width != house.width() || height != house.height()) {
            return Optional.of("it is %dx%d, not %dx%d".formatted(width, height, house.width(), house.height()));
        }
        if (!pixelAspect.equals("1/1") && !pixelAspect.equals("0/1")) {
            return Optional.of("its pixels are " + pixelAspect + " wide");
        }
        if (!pixels.equals("yuv420p")) {
            return Optional.of("its pixels are %s, not yuv420p".formatted(pixels));
        }
        if (!isTelevisionColour()) {
            return Optional.of("its colours are " + colours);
        }
        return hasSteadyFrames() ? Optional.empty() : Optional.of("it is not of 24 steady frames a second");
    }

    /** Whether both can stand in one stream without a decoder noticing. */
    boolean isLike(Footage other) {
        return parameters.equals(other.parameters)
                && timeBase.equals(other.timeBase)
                && pixelAspect.equals(other.pixelAspect)
                && colours.equals(other.colours)
                && width == other.width
                && height == other.height
                && packets.getFirst().equals(other.packets.getFirst());
    }

    /**
     * Whether the first packets are the first pictures, all of them: only then may a copy end there. Pictures that are
     * shown later may be stored earlier.
     */
    boolean canEndAfter(int count) {
        return count <= frames() && lastCleanEnd(count) == count;
    }

    /** The largest number of packets, at most {@code limit}, after which a copy may end; 0 if there is none. */
    int lastCleanEnd(int limit) {
        long nextShown = Long.MAX_VALUE;
        long[] latest = latestShown();
        for (int end = frames(); end > 0; end--) {
            if (end <= limit && latest[end - 1] < nextShown) {
                return end;
            }
            nextShown = Math.min(nextShown, packets.get(end - 1).pts());
        }
        return 0;
    }

    /** The first frame, from {@code frame} on, that a copy may begin with; {@link #frames()} if there is none. */
    int firstCleanStart(int frame) {
        return IntStream.range(frame, frames())
                .filter(at -> packets.get(at).key() && (at == 0 || canEndAfter(at)))
                .findFirst()
                .orElse(frames());
    }

    /** Whether it fills a frame of that size within half a percent. */
    public boolean hasShapeOf(HouseFormat house) {
        double pixel = aspectOfPixel();
        double shape = onItsSide ? height / (width * pixel) : width * pixel / height;
        return Math.abs(shape * house.height() / house.width() - 1) < 0.005;
    }

    private boolean isTelevisionColour() {
        return !colours.contains("pc")
                && List.of("bt470", "smpte", "bt2020", "fcc", "gbr").stream().noneMatch(colours::contains);
    }

    /** Whether each frame follows the last by a 24th of a second, from 0 on, as the packets alone tell. */
    public boolean hasSteadyFrames() {
        if (packets.isEmpty() || !timeBase.startsWith("1/")) {
            return false;
        }
        long ticks = Long.parseLong(timeBase.substring(2));
        long step = packets.getFirst().duration();
        var times = packets.stream().mapToLong(Packet::pts).sorted().toArray();
        return step * TIME_SCALE == TICKS_PER_FRAME * ticks
                && packets.stream().allMatch(packet -> packet.duration() == step)
                && LongStream.range(0, times.length).allMatch(i -> times[(int) i] == i * step);
    }

    private double aspectOfPixel() {
        var parts = pixelAspect.split("/");
        double horizontal = Double.parseDouble(parts[0]);
        return horizontal == 0 ? 1 : horizontal / Double.parseDouble(parts[1]);
    }

    /** For each packet the latest time that any packet up to it is shown at. */
    private long[] latestShown() {
        var latest = new long[frames()];
        long shown = Long.MIN_VALUE;
        for (int i = 0; i < latest.length; i++) {
            shown = Math.max(shown, packets.get(i).pts());
            latest[i] = shown;
        }
        return latest;
    }
}
