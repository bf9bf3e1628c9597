package io.showreel.web;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.util.context.ContextView;

/** The id under which a request is found again in answers, logs and messages. */
public final class RequestId {

    public static final String HEADER = "X-Request-Id";

    /** The exchange's attribute under which whoever knows the request's trace tells its id to the log. */
    public static final String TRACE_ID = "trace_id";

    static final String ATTRIBUTE = RequestId.class.getName();
    private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");

    private RequestId() {}

    /** The id of the request whose pipeline this is; null outside of one. */
    public static @Nullable String in(ContextView context) {
        return context.getOrDefault(ATTRIBUTE, null);
    }

    /** The id of a request that came through the filter. */
    public static String of(ServerWebExchange exchange) {
        return exchange.getAttributeOrDefault(ATTRIBUTE, "unknown");
    }

    /** What the caller sent if it is harmless in headers and logs, else a new one. */
    static String acceptOrMake(@Nullable String given) {
        return given != null && ACCEPTABLE.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
    }
}
