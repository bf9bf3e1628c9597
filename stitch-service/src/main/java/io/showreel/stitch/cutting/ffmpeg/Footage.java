package io.showreel.stitch.cutting.ffmpeg;

import java.util.List;
import java.util.stream.LongStream;

/**
 * A video stream as FFmpeg sees it: its description, and the timing of every packet.
 *
 * @param pixels such as {@code yuv420p}
 * @param colours range and colour space as far as they are tagged, such as {@code tv, bt709}
 * @param pixelAspect such as {@code 1/1}; {@code 0/1} if unknown
 * @param timeBase such as {@code 1/12288}
 * @param parameters checksum of codec and parameter sets: equal ones can follow each other in one stream
 * @param packets in decoding order
 */
record Footage(
        String codec,
        String pixels,
        String colours,
        int width,
        int height,
        String pixelAspect,
        boolean rotated,
        String timeBase,
        String parameters,
        List<Packet> packets) {

    /** In units of the time base. */
    record Packet(long dts, long pts, long duration) {}

    Footage {
        packets = List.copyOf(packets);
    }

    int frames() {
        return packets.size();
    }

    /** Whether it already is what the house delivers, but for the length. */
    boolean isOf(HouseFormat house) {
        return codec.equals("h264")
                && pixels.equals("yuv420p")
                && isTelevisionColour()
                && width == house.width()
                && height == house.height()
                && (pixelAspect.equals("1/1") || pixelAspect.equals("0/1"))
                && !rotated
                && hasSteadyFrames();
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
        if (count > frames()) {
            return false;
        }
        long last = shown(packets.subList(0, count)).max().orElse(Long.MIN_VALUE);
        return shown(packets.subList(count, frames())).allMatch(later -> later > last);
    }

    /** Whether it fills a frame of that size within half a percent. */
    boolean hasShapeOf(int wantedWidth, int wantedHeight) {
        double pixel = aspectOfPixel();
        double shape = rotated ? height / (width * pixel) : width * pixel / height;
        return Math.abs(shape * wantedHeight / wantedWidth - 1) < 0.005;
    }

    private boolean isTelevisionColour() {
        return !colours.contains("pc")
                && List.of("bt470", "smpte", "bt2020", "fcc", "gbr").stream().noneMatch(colours::contains);
    }

    private boolean hasSteadyFrames() {
        if (packets.isEmpty() || !timeBase.startsWith("1/")) {
            return false;
        }
        long ticks = Long.parseLong(timeBase.substring(2));
        long step = packets.getFirst().duration();
        var times = shown(packets).sorted().toArray();
        return step * HouseFormat.TIME_SCALE == HouseFormat.TICKS_PER_FRAME * ticks
                && packets.stream().allMatch(packet -> packet.duration() == step)
                && LongStream.range(0, times.length).allMatch(i -> times[(int) i] == i * step);
    }

    private double aspectOfPixel() {
        var parts = pixelAspect.split("/");
        double horizontal = Double.parseDouble(parts[0]);
        return horizontal == 0 ? 1 : horizontal / Double.parseDouble(parts[1]);
    }

    private static LongStream shown(List<Packet> packets) {
        return packets.stream().mapToLong(Packet::pts);
    }
}
