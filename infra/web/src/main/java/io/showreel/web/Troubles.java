package io.showreel.web;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import io.showreel.objects.ObjectStoreException;
import jakarta.validation.ConstraintViolationException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import tools.jackson.core.JacksonException;

/** Says what any exception means to the caller. Never a class name, a stack trace or SQL. */
final class Troubles {

    /** PostgreSQL's codes for a zero character in a text and in JSON. */
    private static final Set<String> UNSTORABLE = Set.of("22021", "22P05");

    private static final Duration SOON = Duration.ofSeconds(1);

    ApiException translate(Throwable trouble) {
        return switch (trouble) {
            case ApiException already -> already;
            case ConstraintViolationException invalid -> JsonBody.explain(invalid);
            case WebExchangeBindException invalid -> explain(invalid);
            case HandlerMethodValidationException invalid -> explain(invalid);
            case ServerWebInputException unreadable -> explain(unreadable);
            case DecodingException unreadable -> explainCause(unreadable);
            case JacksonException unreadable -> JsonBody.explain(unreadable);
            case DataBufferLimitException tooLarge -> tooLarge();
            case ResponseStatusException refused -> explain(refused);
            default -> explainOther(trouble);
        };
    }

    private ApiException explain(WebExchangeBindException invalid) {
        var details = new TreeMap<String, List<String>>();
        for (var error : invalid.getFieldErrors()) {
            add(details, error.getField(), error.getDefaultMessage());
        }
        for (var error : invalid.getGlobalErrors()) {
            add(details, "body", error.getDefaultMessage());
        }
        return ApiException.invalid(details);
    }

    private ApiException explain(HandlerMethodValidationException invalid) {
        var details = new TreeMap<String, List<String>>();
        for (var result : invalid.getParameterValidationResults()) {
            for (var error : result.getResolvableErrors()) {
                var name = error instanceof FieldError field
                        ? field.getField()
                        : String.valueOf(result.getMethodParameter().getParameterName());
                add(details, name, error.getDefaultMessage());
            }
        }
        return ApiException.invalid(details);
    }

    private ApiException explain(ServerWebInputException unreadable) {
        if (unreadable instanceof MissingRequestValueException missing) {
            return ApiException.invalid(missing.getName(), "is required");
        }
        for (@Nullable Throwable cause = unreadable.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException json) {
                return JsonBody.explain(json);
            }
            if (cause instanceof DataBufferLimitException) {
                return tooLarge();
            }
        }
        var parameter = unreadable.getMethodParameter();
        if (unreadable.getCause() == null || parameter == null) {
            return ApiException.invalid("body", "is missing or unreadable");
        }
        if (parameter.hasParameterAnnotation(PathVariable.class)) {
            return nothingHere();
        }
        return ApiException.invalid(nameOf(parameter), "is not valid");
    }

    private ApiException explainCause(DecodingException unreadable) {
        if (unreadable.getCause() instanceof JacksonException json) {
            return JsonBody.explain(json);
        }
        return unreadable.getCause() instanceof DataBufferLimitException
                ? tooLarge()
                : new ApiException(HttpStatus.BAD_REQUEST, "bad_request", "The body can't be read.");
    }

    private ApiException explain(ResponseStatusException refused) {
        var status = HttpStatus.resolve(refused.getStatusCode().value());
        if (status == null) {
            return internalError();
        }
        return switch (status) {
            case NOT_FOUND -> nothingHere();
            case CONTENT_TOO_LARGE -> tooLarge();
            case INTERNAL_SERVER_ERROR -> internalError();
            case METHOD_NOT_ALLOWED ->
                withHeaders(new ApiException(status, "method_not_allowed", methods(refused)), refused);
            case UNSUPPORTED_MEDIA_TYPE ->
                withHeaders(new ApiException(status, "unsupported_media", mediaTypes(refused)), refused);
            case NOT_ACCEPTABLE ->
                new ApiException(
                        status, "not_acceptable", "The answer can't be had in a format that the request accepts.");
            case BAD_GATEWAY, SERVICE_UNAVAILABLE, GATEWAY_TIMEOUT -> unavailable();
            default -> withHeaders(new ApiException(status, codeOf(status), status.getReasonPhrase() + "."), refused);
        };
    }

    private static String methods(ResponseStatusException refused) {
        return refused instanceof MethodNotAllowedException not
                ? "This can't be done with " + not.getHttpMethod() + "."
                : "This can't be done with that method.";
    }

    private static String mediaTypes(ResponseStatusException refused) {
        return refused instanceof UnsupportedMediaTypeStatusException not
                        && !not.getSupportedMediaTypes().isEmpty()
                ? "The body has to be one of " + not.getSupportedMediaTypes() + "."
                : "A body of that type can't be read here.";
    }

    private static ApiException withHeaders(ApiException answer, ResponseStatusException refused) {
        refused.getHeaders().forEach((name, values) -> answer.header(name, String.join(", ", values)));
        return answer;
    }

    private ApiException explainOther(Throwable trouble) {
        for (@Nullable Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof R2dbcException refused && UNSTORABLE.contains(String.valueOf(refused.getSqlState()))) {
                return ApiException.invalid("request", "holds a character that can't be stored (U+0000)");
            }
        }
        return isPassing(trouble) ? unavailable() : internalError();
    }

    private static boolean isPassing(Throwable trouble) {
        for (@Nullable Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException
                    || cause instanceof TimeoutException
                    || cause instanceof ObjectStoreException
                    || cause instanceof CannotCreateTransactionException
                    || cause instanceof R2dbcTransientException
                    || cause instanceof R2dbcNonTransientResourceException) {
                return true;
            }
        }
        return false;
    }

    private static String nameOf(MethodParameter parameter) {
        var name = parameter.getParameterName();
        return name == null ? "request" : JsonBody.snakeCase(name);
    }

    private static String codeOf(HttpStatus status) {
        return switch (status) {
            case UNPROCESSABLE_CONTENT -> "validation_failed";
            case TOO_MANY_REQUESTS -> "rate_limited";
            default -> status.name().toLowerCase(Locale.ROOT);
        };
    }

    private static void add(Map<String, List<String>> details, String path, @Nullable String message) {
        details.computeIfAbsent(JsonBody.snakeCase(path), field -> new ArrayList<>())
                .add(message == null ? "is not valid" : message);
    }

    private static ApiException nothingHere() {
        return new ApiException(HttpStatus.NOT_FOUND, "not_found", "There is nothing under this address.");
    }

    private static ApiException tooLarge() {
        return new ApiException(HttpStatus.CONTENT_TOO_LARGE, "payload_too_large", "The body is too large.");
    }

    private static ApiException unavailable() {
        return new ApiException(
                        HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "A part of the system is away; try again soon.")
                .retryAfter(SOON);
    }

    private static ApiException internalError() {
        return new ApiException(
                HttpStatus.INTERNAL_SERVER_ERROR, "internal_error", "Something went wrong on our side.");
    }
}
