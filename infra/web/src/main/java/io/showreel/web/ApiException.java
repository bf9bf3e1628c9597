package io.showreel.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * A request that gets an error for an answer. Code, message and details are shown to the caller as they are.
 *
 * @see Problems
 */
public class ApiException extends RuntimeException {

    private final HttpStatus status;
    private final String code;
    private final Map<String, List<String>> details;
    private final HttpHeaders headers = new HttpHeaders();

    /**
     * @param code a stable snake_case word for programs
     * @param message a sentence for people
     * @param details what is wrong with each field
     */
    public ApiException(HttpStatus status, String code, String message, Map<String, List<String>> details) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.details = details;
    }

    public ApiException(HttpStatus status, String code, String message) {
        this(status, code, message, Map.of());
    }

    /** 404: no such thing, or it belongs to somebody else. */
    public static ApiException notFound(String what) {
        return new ApiException(HttpStatus.NOT_FOUND, "not_found", "There is no such " + what + ".");
    }

    /** 422: some fields are missing or wrong. */
    public static ApiException invalid(Map<String, List<String>> details) {
        return new ApiException(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "validation_failed",
                "Some fields are missing or wrong: "
                        + String.join(", ", details.keySet().stream().sorted().toList()) + ".",
                details);
    }

    /** 422: one field is missing or wrong. */
    public static ApiException invalid(String field, String message) {
        return invalid(Map.of(field, List.of(message)));
    }

    /** 409: the state of things doesn't allow it. */
    public static ApiException conflict(String code, String message) {
        return new ApiException(HttpStatus.CONFLICT, code, message);
    }

    /** Adds {@code Retry-After}, in whole seconds rounded up. */
    public ApiException retryAfter(Duration wait) {
        return header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, (wait.toMillis() + 999) / 1000)));
    }

    public ApiException header(String name, String value) {
        headers.set(name, value);
        return this;
    }

    public HttpStatus status() {
        return status;
    }

    public String code() {
        return code;
    }

    public Map<String, List<String>> details() {
        return details;
    }

    public HttpHeaders headers() {
        return headers;
    }
}
