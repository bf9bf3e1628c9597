package io.showreel.local.sample;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks at a film with ffmpeg alone, since the static build brings no ffprobe: {@code framecrc} lists every packet, and
 * a full decode shows whether it can be watched to the end.
 */
final class FilmInspection {

    private static final Pattern TIME_BASE = Pattern.compile("(?m)^#tb (\\d+): (\\d+)/(\\d+)$");
    private static final Pattern MEDIA_TYPE = Pattern.compile("(?m)^#media_type (\\d+): (\\w+)$");
    private static final Pattern CODEC = Pattern.compile("(?m)^#codec_id (\\d+): (\\w+)$");
    private static final Pattern SIZE = Pattern.compile("(?m)^#dimensions \\d+: (\\d+)x(\\d+)$");
    private static final Pattern VIDEO = Pattern.compile("Video: [^\\n]*?, (yuv\\w+|rgb\\w*|gray\\w*|nv12)[(,\\s]");
    private static final Pattern RATE = Pattern.compile("Video: [^\\n]*?([\\d.]+) fps");

    private final Path ffmpeg;

    FilmInspection(Path ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    /** Everything that is wrong with a film that should be like this; empty if nothing is. */
    List<String> faults(Film film, int width, int height, int framesPerSecond, int frames) throws IOException {
        var faults = new ArrayList<String>();
        if (film.width() != width || film.height() != height) {
            faults.add("it is %dx%d, not %dx%d".formatted(film.width(), film.height(), width, height));
        }
        if (!film.codec().equals("h264")) {
            faults.add("its codec is %s, not h264".formatted(film.codec()));
        }
        if (!film.pixelFormat().equals("yuv420p")) {
            faults.add("its pixel format is %s, not yuv420p".formatted(film.pixelFormat()));
        }
        if (film.framesPerSecond() != framesPerSecond) {
            faults.add("it has %s frames per second, not %d".formatted(film.framesPerSecond(), framesPerSecond));
        }
        if (Math.abs(film.frames() - frames) > 1) {
            faults.add("it has %d frames, not %d".formatted(film.frames(), frames));
        }
        if (Math.abs(film.seconds() * framesPerSecond - frames) > 1.01) {
            faults.add("it lasts %s s, not %s s".formatted(film.seconds(), (double) frames / framesPerSecond));
        }
        if (film.videoStreams() != 1) {
            faults.add("it has %d video streams".formatted(film.videoStreams()));
        }
        if (!film.startsFast()) {
            faults.add("its index stands behind the pictures, so that it can't be watched while it loads");
        }
        var decoding = run("-v", "warning", "-xerror", "-i", film.file().toString(), "-map", "0", "-f", "null", "-");
        if (decoding.code() != 0) {
            faults.add("it can't be decoded to the end: " + decoding.errors().strip());
        }
        return faults;
    }

    Film inspect(Path file) throws IOException {
        var listing = run("-i", file.toString(), "-map", "0", "-c", "copy", "-f", "framecrc", "-");
        if (listing.code() != 0) {
            throw new SampleFailure(
                    "%s is no film: %s".formatted(file, listing.errors().strip()));
        }
        var video = stream(listing.output(), "video");
        var size = SIZE.matcher(listing.output());
        var packets = packets(listing.output(), video);
        var known = size.find() && !packets.isEmpty();
        return new Film(
                file,
                Files.size(file),
                known ? Integer.parseInt(size.group(1)) : 0,
                known ? Integer.parseInt(size.group(2)) : 0,
                ofStream(CODEC, listing.output(), video),
                first(VIDEO, listing.errors(), "unknown"),
                Double.parseDouble(first(RATE, listing.errors(), "0")),
                packets.size(),
                seconds(listing.output(), video, packets),
                startsFast(file),
                count(listing.output(), "video"),
                count(listing.output(), "audio"));
    }

    /** Top-level boxes in their order: with {@code moov} before {@code mdat} a player needs no second request. */
    static boolean startsFast(Path file) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "r")) {
            for (var at = 0L; at + 8 <= bytes.length(); ) {
                bytes.seek(at);
                var header = new byte[8];
                bytes.readFully(header);
                var type = new String(header, 4, 4, StandardCharsets.US_ASCII);
                if (type.equals("moov")) {
                    return true;
                }
                if (type.equals("mdat")) {
                    return false;
                }
                var length = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt());
                if (length == 1) {
                    length = bytes.readLong();
                }
                if (length < 8) {
                    return false;
                }
                at += length;
            }
            return false;
        }
    }

    /** Presentation time and duration of each packet of the stream, in its time base. */
    private static List<long[]> packets(String listing, String stream) {
        return listing.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(",\\s*"))
                .filter(cells -> cells.length > 3 && cells[0].strip().equals(stream))
                .map(cells -> new long[] {Long.parseLong(cells[2].strip()), Long.parseLong(cells[3].strip())})
                .toList();
    }

    private static double seconds(String listing, String stream, List<long[]> packets) {
        var first = packets.stream().mapToLong(packet -> packet[0]).min().orElse(0);
        var end = packets.stream()
                .mapToLong(packet -> packet[0] + packet[1])
                .max()
                .orElse(0);
        var timeBase = TIME_BASE.matcher(listing);
        while (timeBase.find()) {
            if (timeBase.group(1).equals(stream)) {
                return (double) (end - first) * Long.parseLong(timeBase.group(2)) / Long.parseLong(timeBase.group(3));
            }
        }
        return 0;
    }

    private static String stream(String listing, String type) {
        return MEDIA_TYPE
                .matcher(listing)
                .results()
                .filter(found -> found.group(2).equals(type))
                .map(found -> found.group(1))
                .findFirst()
                .orElse("none");
    }

    private static int count(String listing, String type) {
        return (int) MEDIA_TYPE
                .matcher(listing)
                .results()
                .filter(found -> found.group(2).equals(type))
                .count();
    }

    private static String ofStream(Pattern pattern, String listing, String stream) {
        return pattern.matcher(listing)
                .results()
                .filter(found -> found.group(1).equals(stream))
                .map(found -> found.group(2))
                .findFirst()
                .orElse("none");
    }

    private static String first(Pattern pattern, String text, String otherwise) {
        var found = pattern.matcher(text);
        return found.find() ? found.group(1) : otherwise;
    }

    private record Said(int code, String output, String errors) {}

    private Said run(String... arguments) throws IOException {
        var command = Stream.concat(Stream.of(ffmpeg.toString(), "-nostdin", "-hide_banner"), Stream.of(arguments))
                .toList();
        var errors = Files.createTempFile("showreel-ffmpeg", ".log");
        try {
            var process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            try (var output = process.inputReader()) {
                var text = output.readAllAsString();
                return new Said(process.waitFor(), text, Files.readString(errors));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        } finally {
            Files.delete(errors);
        }
    }
}
