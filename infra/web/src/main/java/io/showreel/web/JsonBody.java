package io.showreel.web;

import jakarta.validation.ConstraintViolationException;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns a request's JSON into a checked record: an unknown property, a missing or a mistyped field is a 422 that names
 * it. PUT and PATCH change only the fields that are given, so these are laid over what is there before the whole is
 * checked; a null takes a field away.
 */
public final class JsonBody {

    private static final Validator VALIDATOR = validator();

    private JsonBody() {}

    /** Reads a whole body. */
    public static <T> T read(ObjectNode body, Class<T> type) {
        return check(WebJson.mapper().treeToValue(body, type));
    }

    /** Lays the given fields over those that are there. */
    public static <T> T change(T current, ObjectNode given, Class<T> type) {
        ObjectNode all = WebJson.mapper().valueToTree(current);
        all.setAll(given);
        return read(all, type);
    }

    /** Checks the constraints that stand on a record's components. */
    public static <T> T check(T value) {
        var violations = VALIDATOR.validate(value);
        if (!violations.isEmpty()) {
            throw explain(new ConstraintViolationException(violations));
        }
        return value;
    }

    static ApiException explain(ConstraintViolationException invalid) {
        var details = new TreeMap<String, List<String>>();
        for (var violation : invalid.getConstraintViolations()) {
            details.computeIfAbsent(
                            snakeCase(violation.getPropertyPath().toString().replace(".<list element>", "")),
                            field -> new ArrayList<>())
                    .add(violation.getMessage());
        }
        return ApiException.invalid(details);
    }

    static ApiException explain(JacksonException unreadable) {
        return switch (unreadable) {
            case UnrecognizedPropertyException unknown -> ApiException.invalid(pathOf(unknown), "is not a known field");
            case MismatchedInputException wrong ->
                ApiException.invalid(pathOf(wrong), "must be " + kindOf(wrong.getTargetType()));
            case DatabindException wrong -> ApiException.invalid(pathOf(wrong), "is not valid");
            case StreamReadException malformed ->
                new ApiException(
                        HttpStatus.BAD_REQUEST,
                        "malformed_json",
                        "The body is not JSON (line " + malformed.getLocation().getLineNr() + ", column "
                                + malformed.getLocation().getColumnNr() + ").");
            default -> new ApiException(HttpStatus.BAD_REQUEST, "malformed_json", "The body is not JSON.");
        };
    }

    /** The JSON name of a Java property, or of a path of them. */
    static String snakeCase(String path) {
        return path.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private static String pathOf(DatabindException wrong) {
        var path = wrong.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
        return path.isEmpty() ? "body" : path;
    }

    private static String kindOf(@Nullable Class<?> type) {
        if (type == null) {
            return "of another kind";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(value -> WebJson.mapper().valueToTree(value).asString())
                            .collect(Collectors.joining(", "));
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "a text";
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return switch (type.getSimpleName()) {
            case "UUID" -> "a UUID";
            case "URI" -> "an address";
            case "Instant" -> "a point in time (ISO 8601)";
            default -> "an object";
        };
    }

    /** Speaks English wherever it runs; the API's messages don't follow the machine's language. */
    private static Validator validator() {
        var configuration = Validation.byDefaultProvider().configure();
        var messages = configuration.getDefaultMessageInterpolator();
        return configuration
                .messageInterpolator(new MessageInterpolator() {
                    @Override
                    public String interpolate(String template, Context context) {
                        return messages.interpolate(template, context, Locale.ENGLISH);
                    }

                    @Override
                    public String interpolate(String template, Context context, Locale locale) {
                        return interpolate(template, context);
                    }
                })
                .buildValidatorFactory()
                .getValidator();
    }
}
