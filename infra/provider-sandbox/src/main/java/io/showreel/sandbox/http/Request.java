package io.showreel.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request as handlers see it. */
public final class Request {
    private final HttpExchange exchange;
    private final Map<String, String> variables;
    private final Instant received = Instant.now();
    private @Nullable String account;
    private @Nullable String fault;

    Request(HttpExchange exchange, Map<String, String> variables) {
        this.exchange = exchange;
        this.variables = variables;
    }

    /** When its head had been read. */
    public Instant received() {
        return received;
    }

    public String method() {
        return exchange.getRequestMethod();
    }

    public String path() {
        return exchange.getRequestURI().getPath();
    }

    /** The part of the path that the route's pattern calls {@code name}. */
    public String variable(String name) {
        var value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no {" + name + "}");
        }
        return value;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    public Optional<String> query(String name) {
        return query(exchange.getRequestURI().getRawQuery(), name);
    }

    /** The first value of a parameter in a raw query string. */
    public static Optional<String> query(@Nullable String rawQuery, String name) {
        if (rawQuery == null) {
            return Optional.empty();
        }
        for (var pair : rawQuery.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && decoded(pair.substring(0, equals)).equals(name)) {
                return Optional.of(decoded(pair.substring(equals + 1)));
            }
        }
        return Optional.empty();
    }

    public InputStream body() {
        return exchange.getRequestBody();
    }

    /** Whose request it is, once a key was checked; shown in the request journal. */
    public Optional<String> account() {
        return Optional.ofNullable(account);
    }

    public void belongsTo(String account) {
        this.account = account;
    }

    /** The fault that struck it, for the request journal. */
    public Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    public void struckBy(String fault) {
        this.fault = fault;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
