package io.showreel.observability.tracing;

import io.micrometer.tracing.TraceContext;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where in which trace something belongs, as W3C Trace Context writes it.
 *
 * @param traceId what all spans of a trace share: 32 hexadecimal digits
 * @param spanId the span that is the parent of what follows: 16 hexadecimal digits
 * @param sampled whether the trace is kept
 */
public record Traceparent(String traceId, String spanId, boolean sampled) {

    /** The header of this name, in HTTP and on Kafka. */
    public static final String HEADER = "traceparent";

    private static final int SAMPLED = 1;

    private static final Pattern FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-((?!0{32})[0-9a-f]{32})-((?!0{16})[0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    /** Empty for what is none. */
    public static Optional<Traceparent> parse(@Nullable String header) {
        var matcher = FORM.matcher(header == null ? "" : header);
        return matcher.matches()
                ? Optional.of(new Traceparent(
                        matcher.group(1),
                        matcher.group(2),
                        (Integer.parseInt(matcher.group(3), 16) & SAMPLED) == SAMPLED))
                : Optional.empty();
    }

    static Traceparent of(TraceContext context) {
        return new Traceparent(context.traceId(), context.spanId(), Boolean.TRUE.equals(context.sampled()));
    }

    @Override
    public String toString() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }
}
