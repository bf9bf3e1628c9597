package io.showreel.web;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** The body of every error: RFC 9457, with a code for programs in the extension {@code error}. */
public record Problem(URI type, String title, int status, String detail, String instance, Error error) {

    private static final URI NO_TYPE = URI.create("about:blank");

    /** What went wrong, for programs; {@code details} maps a field to its messages. */
    public record Error(String code, String message, Map<String, List<String>> details) {}

    static Problem of(ApiException exception, String path) {
        var message = String.valueOf(exception.getMessage());
        return new Problem(
                NO_TYPE,
                exception.status().getReasonPhrase(),
                exception.status().value(),
                message,
                path,
                new Error(exception.code(), message, exception.details()));
    }
}
