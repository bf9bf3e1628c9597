package io.showreel.render.take;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt can be recognised by among the provider's predictions.
 *
 * @param marks strings that occur in this attempt's input alone, such as the ids of its files
 * @param unique whether the whole input occurs only once; if not, no two of it may be in flight
 * @param input as it was sent
 */
public record Trace(UUID token, List<String> marks, boolean unique, Map<String, Object> input) {

    public Trace {
        marks = List.copyOf(marks);
        input = Map.copyOf(input);
    }

    /**
     * Whether a prediction comes of this attempt.
     *
     * @param echoed its input, as the provider lists it
     * @param webhook its webhook's address, if the provider lists it
     */
    public boolean matches(Map<String, Object> echoed, @Nullable String webhook) {
        if (webhook != null && webhook.contains(token.toString())) {
            return true;
        }
        return marks.isEmpty() ? isWholly(echoed) : holdsMark(echoed);
    }

    private boolean holdsMark(@Nullable Object value) {
        if (value == null) {
            return false;
        }
        return switch (value) {
            case String text ->
                text.contains(token.toString()) || marks.stream().anyMatch(text::contains);
            case Map<?, ?> map -> map.values().stream().anyMatch(this::holdsMark);
            case Collection<?> list -> list.stream().anyMatch(this::holdsMark);
            default -> false;
        };
    }

    private boolean isWholly(Map<String, Object> echoed) {
        return input.entrySet().stream()
                .allMatch(sent -> Objects.equals(text(sent.getValue()), text(echoed.get(sent.getKey()))));
    }

    /** Numbers come back as 1 or 1.0, depending on who wrote them. */
    private static @Nullable String text(@Nullable Object value) {
        return value instanceof Number number ? String.valueOf(number.doubleValue()) : Objects.toString(value, null);
    }
}
