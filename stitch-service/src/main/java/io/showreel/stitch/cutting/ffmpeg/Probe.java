package io.showreel.stitch.cutting.ffmpeg;

import io.showreel.stitch.cutting.ffmpeg.Footage.Packet;
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
    private static final Pattern ROTATION = Pattern.compile("rotation of (-?\\d+)");

    private final Bench bench;

    Probe(Bench bench) {
        this.bench = bench;
    }

    /** Empty if the file is no video that can be read to its end. */
    Optional<Footage> footage(Path file) throws IOException, InterruptedException {
        // Without an output FFmpeg describes its input, and fails.
        var described = bench.run(List.of("-i", file.toString())).complaints();
        var video = VIDEO.matcher(described);
        if (!video.find()) {
            return Optional.empty();
        }
        return packets(file, "0:v:0").map(list -> footage(video, isOnItsSide(described), list));
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

    private static Footage footage(Matcher video, boolean rotated, PacketList list) {
        var colours = Optional.ofNullable(video.group("colours")).orElse("");
        return new Footage(
                video.group("codec"),
                video.group("pixels"),
                colours,
                list.width(),
                list.height(),
                list.header("sar"),
                rotated,
                list.header("tb"),
                list.header("codec_id") + " " + list.header("extradata"),
                list.packets());
    }

    private static boolean isOnItsSide(String described) {
        var rotation = ROTATION.matcher(described);
        return rotation.find() && Math.floorMod(Integer.parseInt(rotation.group(1)), 180) != 0;
    }

    /** What FFmpeg's {@code framecrc} writes about one stream. */
    record PacketList(Map<String, String> headers, List<Packet> packets, List<Long> sizes) {

        static PacketList read(Path file) throws IOException {
            var headers = new HashMap<String, String>();
            var packets = new ArrayList<Packet>();
            var sizes = new ArrayList<Long>();
            try (var lines = Files.lines(file)) {
                lines.forEach(line -> {
                    if (line.startsWith("#")) {
                        int colon = line.indexOf(':');
                        headers.put(
                                line.substring(1, colon).replaceFirst(" 0$", ""),
                                line.substring(colon + 1).strip());
                    } else {
                        var columns = line.split(",\\s*");
                        packets.add(new Packet(number(columns[1]), number(columns[2]), number(columns[3])));
                        sizes.add(number(columns[4]));
                    }
                });
            }
            return new PacketList(headers, packets, sizes);
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
