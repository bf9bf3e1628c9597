package io.showreel.sandbox.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code multipart/form-data} part by part, streaming each part's content to where its reader wants it. */
public final class Multipart {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))");
    private static final Pattern PARAMETER = Pattern.compile("[;\\s](\\w+\\*?)=(?:\"([^\"]*)\"|([^;\\s]+))");
    private static final int HEADER_LIMIT = 16 * 1024;

    /** The head of a part. */
    public record Part(String name, Optional<String> filename, Optional<String> contentType) {}

    /** Says where a part's content goes. */
    @FunctionalInterface
    public interface Sink {
        OutputStream open(Part part) throws IOException;
    }

    private Multipart() {}

    public static boolean is(String contentType) {
        return contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")
                && BOUNDARY.matcher(contentType).find();
    }

    public static void read(String contentType, InputStream body, Sink sink) throws IOException {
        var matcher = BOUNDARY.matcher(contentType);
        if (!matcher.find()) {
            throw new IOException("the content type names no boundary");
        }
        var boundary = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        var delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        var in = new BufferedInputStream(body, 64 * 1024);
        // The first delimiter has no line break before it: start as if one had just been read.
        copyUntil(in, delimiter, 2, OutputStream.nullOutputStream());
        while (anotherPartFollows(in)) {
            try (var out = sink.open(head(in))) {
                copyUntil(in, delimiter, 0, out);
            }
        }
    }

    private static boolean anotherPartFollows(InputStream in) throws IOException {
        int first = in.read();
        int second = in.read();
        if (first == '-' && second == '-') {
            return false;
        }
        if (first != '\r' || second != '\n') {
            throw new IOException("a boundary is followed by neither a line break nor the end");
        }
        return true;
    }

    private static Part head(InputStream in) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).trim().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).trim());
            }
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        var matcher = PARAMETER.matcher(headers.getOrDefault("content-disposition", ""));
        while (matcher.find()) {
            parameters.put(matcher.group(1), matcher.group(2) != null ? matcher.group(2) : matcher.group(3));
        }
        return new Part(
                parameters.getOrDefault("name", ""),
                Optional.ofNullable(parameters.get("filename")),
                Optional.ofNullable(headers.get("content-type")));
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || line.size() > HEADER_LIMIT) {
                throw new IOException("the head of a part does not end");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /** A delimiter holds one carriage return, its first byte; so a mismatch can only start over at the byte at hand. */
    private static void copyUntil(InputStream in, byte[] delimiter, int alreadyMatched, OutputStream out)
            throws IOException {
        int matched = alreadyMatched;
        boolean virtual = alreadyMatched > 0;
        while (matched < delimiter.length) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the body ends before its last boundary");
            }
            if (b == delimiter[matched]) {
                matched++;
                continue;
            }
            if (!virtual) {
                out.write(delimiter, 0, matched);
            }
            virtual = false;
            if (b == delimiter[0]) {
                matched = 1;
            } else {
                matched = 0;
                out.write(b);
            }
        }
    }
}
