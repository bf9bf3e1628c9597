package io.showreel.stitch.cutting.ffmpeg;

import io.showreel.stitch.cutting.ffmpeg.KnownClips.Seen;
import io.showreel.stitch.editing.Footage;
import io.showreel.stitch.editing.Footage.Packet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at files with FFmpeg alone: the packets say more than ffprobe's summary, and not every build has ffprobe. */
final class Probe {

    private static final Pattern VIDEO = Pattern.compile(
            "Stream #0:\\d+.*?: Video: (?<codec>\\w+).*?, (?<pixels>\\w+)(?:\\((?<colours>[^)]*)\\))?, " + "\\d+x\\d+");
    private static final Pattern STREAM = Pattern.compile("(?m)^ *Stream #0:\\d+.*: \\w+: ");
    /** What ends the description of the input; which comes first depends on the version. */
    private static final Pattern OUTPUTS = Pattern.compile("(?m)^(Stream mapping:|Output #0)");

    private static final Pattern ROTATION = Pattern.compile("rotation of (-?\\d+)");

    private final Bench bench;

    Probe(Bench bench) {
        this.bench = bench;
    }

    /** Empty if the file is no video that can be read to its end. */
    Optional<Footage> footage(Path file) throws IOException, InterruptedException {
        return describe(file, List.of());
    }

    /**
     * The same, and on the way what is in every coded picture.
     *
     * @param contents where that is written to
     */
    Optional<Footage> footage(Path file, Path contents) throws IOException, InterruptedException {
        return describe(file, pictures(contents));
    }

    private Optional<Footage> describe(Path file, List<String> further) throws IOException, InterruptedException {
        var list = bench.file("packets.txt");
        var result = bench.run(Arguments.saying("info")
                .input(file)
                .with("-map", "0:v:0", "-c", "copy", "-f", "framecrc", list.toString())
                .with(further)
                .toNowhere());
        var video = VIDEO.matcher(result.complaints());
        return result.failed() || !video.find()
                ? Optional.empty()
                : Optional.of(footage(
                                video,
                                rotationIn(result.complaints()),
                                streamsIn(result.complaints()) == 1,
                                PacketList.read(list)))
                        .filter(footage -> footage.frames() > 0);
    }

    /**
     * Footage and coded pictures alike; empty if the file is no video that can be read to its end. The pictures are only
     * told of H.264: of other codecs FFmpeg cannot leave out the parameter sets, and nobody copies them.
     */
    Optional<Seen> seen(Path file) throws IOException, InterruptedException {
        var contents = bench.file("contents.txt");
        var footage = footage(file, contents);
        return footage.isPresent()
                ? Optional.of(new Seen(footage.get(), PacketList.read(contents).contents()))
                : footage(file).map(foreign -> new Seen(foreign, List.of()));
    }

    /** Whether the file has sound that can be decoded to its end. */
    boolean canBeHeard(Path file) throws IOException, InterruptedException {
        return !bench.run(Arguments.saying("error")
                        .input(file)
                        .with("-map", "0:a:0")
                        .toNothing())
                .failed();
    }

    /** The packets of one stream, without decoding them; empty if the file ends too early. */
    Optional<PacketList> packets(Path file, String stream) throws IOException, InterruptedException {
        var list = bench.file("packets.txt");
        var result = bench.run(Arguments.saying("error")
                .input(file)
                .with("-map", stream, "-c", "copy", "-f", "framecrc")
                .to(list));
        return result.failed() ? Optional.empty() : Optional.of(PacketList.read(list));
    }

    /**
     * The coded pictures alone, without the parameter sets that joining puts between them: what two files have in common
     * when one is a copy of the other.
     */
    static List<String> pictures(Path list) {
        return List.of(
                "-map",
                "0:v:0",
                "-c",
                "copy",
                "-bsf:v",
                "filter_units=remove_types=7-8",
                "-f",
                "framecrc",
                list.toString());
    }

    private static Footage footage(Matcher video, int rotation, boolean alone, PacketList list) {
        var colours = Optional.ofNullable(video.group("colours")).orElse("");
        return new Footage(
                video.group("codec"),
                video.group("pixels"),
                colours,
                list.width(),
                list.height(),
                list.header("sar"),
                rotation != 0,
                rotation % 180 != 0,
                list.header("tb"),
                parameters(list),
                alone,
                list.packets());
    }

    /** What our own encoder wrote, so that its packets and parameter sets tell the rest. */
    static Footage ofTheHouse(PacketList list) {
        return new Footage(
                "h264",
                "yuv420p",
                "tv, bt709",
                list.width(),
                list.height(),
                list.header("sar"),
                false,
                false,
                list.header("tb"),
                parameters(list),
                true,
                list.packets());
    }

    private static String parameters(PacketList list) {
        return list.header("codec_id") + " " + list.header("extradata");
    }

    private static long streamsIn(String described) {
        return STREAM.matcher(OUTPUTS.split(described, 2)[0]).results().count();
    }

    private static int rotationIn(String described) {
        var rotation = ROTATION.matcher(described);
        return rotation.find() ? Math.floorMod(Integer.parseInt(rotation.group(1)), 360) : 0;
    }

    /**
     * What FFmpeg's {@code framecrc} writes about one stream.
     *
     * @param sizes of the packets in bytes
     * @param contents size and checksum of each packet
     */
    record PacketList(Map<String, String> headers, List<Packet> packets, List<Long> sizes, List<String> contents) {

        static PacketList read(Path file) throws IOException {
            var headers = new HashMap<String, String>();
            var packets = new ArrayList<Packet>();
            var sizes = new ArrayList<Long>();
            var contents = new ArrayList<String>();
            try (var lines = Files.lines(file)) {
                lines.forEach(line -> {
                    if (line.startsWith("#")) {
                        int colon = line.indexOf(':');
                        headers.put(
                                line.substring(1, colon).replaceFirst(" 0$", ""),
                                line.substring(colon + 1).strip());
                    } else {
                        var columns = line.split(",\\s*");
                        // Flags are only said where a packet is no keyframe.
                        boolean key = columns.length < 7 || !columns[6].startsWith("F=");
                        packets.add(new Packet(number(columns[1]), number(columns[2]), number(columns[3]), key));
                        sizes.add(number(columns[4]));
                        contents.add(columns[4].strip() + " " + columns[5].strip());
                    }
                });
            }
            return new PacketList(headers, packets, sizes, contents);
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        int width() {
            return Integer.parseInt(header("dimensions").split("x")[0]);
        }

        int height() {
            return Integer.parseInt(header("dimensions").split("x")[1]);
        }

        private static long number(String column) {
            return Long.parseLong(column.strip());
        }
    }
}
