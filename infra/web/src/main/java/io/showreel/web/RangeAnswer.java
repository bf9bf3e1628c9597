package io.showreel.web;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * Which part of some media a request gets, as RFC 9110 decides (sections 13 and 14): preconditions first, then the
 * range.
 *
 * <pre>
 * If-Match or If-Unmodified-Since doesn't hold      => PreconditionFailed (412)
 * If-None-Match or If-Modified-Since says unchanged => NotModified (304)
 * HEAD, no range, an invalid, foreign or multiple one,
 *   or If-Range names other bytes                   => Whole (200)
 * a-b, a-, -n that touches the bytes                => Part (206), clamped to the last byte
 * a range beyond the last byte                      => Unsatisfiable (416)
 * </pre>
 */
sealed interface RangeAnswer {

    record Whole() implements RangeAnswer {}

    /** Both ends are included. */
    record Part(long first, long last) implements RangeAnswer {
        long length() {
            return last - first + 1;
        }
    }

    record NotModified() implements RangeAnswer {}

    record PreconditionFailed() implements RangeAnswer {}

    record Unsatisfiable() implements RangeAnswer {}

    Pattern SINGLE_RANGE = Pattern.compile("(?i)bytes[ \\t]*=[ \\t,]*(\\d*)-(\\d*)[ \\t,]*");

    static RangeAnswer to(HttpMethod method, HttpHeaders headers, Described media) {
        if (!matches(headers, media)) {
            return new PreconditionFailed();
        }
        if (isUnchanged(headers, media)) {
            return new NotModified();
        }
        var range = headers.getFirst(HttpHeaders.RANGE);
        if (range == null || !HttpMethod.GET.equals(method) || !meansTheseBytes(headers, media)) {
            return new Whole();
        }
        return part(range, media.size());
    }

    private static boolean matches(HttpHeaders headers, Described media) {
        var tags = headers.get(HttpHeaders.IF_MATCH);
        if (tags != null) {
            return tagsIn(tags).anyMatch(tag -> tag.equals("*") || tag.equals(media.quotedEtag()));
        }
        return date(headers, HttpHeaders.IF_UNMODIFIED_SINCE)
                .map(since -> !media.lastModified().isAfter(since))
                .orElse(true);
    }

    private static boolean isUnchanged(HttpHeaders headers, Described media) {
        var tags = headers.get(HttpHeaders.IF_NONE_MATCH);
        if (tags != null) {
            return tagsIn(tags)
                    .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                    .anyMatch(tag -> tag.equals("*") || tag.equals(media.quotedEtag()));
        }
        return date(headers, HttpHeaders.IF_MODIFIED_SINCE)
                .map(since -> !media.lastModified().isAfter(since))
                .orElse(false);
    }

    /** If-Range compares strongly: a weak tag never matches, and a date only exactly. */
    private static boolean meansTheseBytes(HttpHeaders headers, Described media) {
        var condition = headers.getFirst(HttpHeaders.IF_RANGE);
        if (condition == null) {
            return true;
        }
        var stripped = condition.strip();
        if (stripped.startsWith("\"") || stripped.startsWith("W/")) {
            return stripped.equals(media.quotedEtag());
        }
        return date(headers, HttpHeaders.IF_RANGE)
                .map(media.lastModified()::equals)
                .orElse(false);
    }

    private static RangeAnswer part(String range, long size) {
        var match = SINGLE_RANGE.matcher(range.strip());
        if (!match.matches()) {
            return new Whole();
        }
        var first = number(match.group(1));
        var last = number(match.group(2));
        if (first == null && last == null) {
            return new Whole();
        }
        if (first == null) {
            var suffix = last == null ? 0 : last;
            return suffix == 0 || size == 0 ? new Unsatisfiable() : new Part(Math.max(0, size - suffix), size - 1);
        }
        if (last != null && last < first) {
            return new Whole();
        }
        if (first >= size) {
            return new Unsatisfiable();
        }
        return new Part(first, last == null ? size - 1 : Math.min(last, size - 1));
    }

    /** A number too long to be one is beyond every file, which is all that matters. */
    private static @Nullable Long number(String digits) {
        if (digits.isEmpty()) {
            return null;
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static Stream<String> tagsIn(List<String> values) {
        return values.stream().flatMap(value -> Stream.of(value.split(","))).map(String::strip);
    }

    /** A date that isn't one counts as not sent. */
    private static Optional<Instant> date(HttpHeaders headers, String name) {
        try {
            var millis = headers.getFirstDate(name);
            return millis < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
