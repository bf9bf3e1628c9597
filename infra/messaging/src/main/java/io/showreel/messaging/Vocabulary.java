package io.showreel.messaging;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The words of a topic: the records that a sealed interface permits, by the {@code ce_type} that names them on the wire.
 */
public final class Vocabulary<T> {

    private static final String UNRECOGNISED = "unrecognised.v1";

    private final Map<String, Class<? extends T>> words;
    private final Optional<Class<? extends T>> unrecognised;

    private Vocabulary(Map<String, Class<? extends T>> words, Optional<Class<? extends T>> unrecognised) {
        this.words = words;
        this.unrecognised = unrecognised;
    }

    /** @throws IllegalArgumentException if it is neither sealed nor a record */
    public static <T> Vocabulary<T> of(Class<T> vocabulary) {
        var words = new HashMap<String, Class<? extends T>>();
        records(vocabulary).forEach(type -> words.put(typeOf(type), type.asSubclass(vocabulary)));
        var unrecognised = Optional.<Class<? extends T>>ofNullable(words.remove(UNRECOGNISED));
        return new Vocabulary<>(Map.copyOf(words), unrecognised);
    }

    /** The name on the wire: {@code TakeRendered} is {@code take_rendered.v1}. */
    public static String typeOf(Class<?> word) {
        return word.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT) + ".v1";
    }

    /**
     * What the message says; its {@code Unrecognised} record for a type of which this version doesn't know; empty if
     * there is no such record.
     *
     * @throws tools.jackson.core.JacksonException if it can't be read
     */
    public Optional<T> read(String type, byte[] payload) {
        var word = words.get(type);
        return word == null
                ? unrecognised.map(none -> WireJson.mapper().readValue("{}", none))
                : Optional.of(WireJson.mapper().readValue(payload, word));
    }

    private static Stream<Class<?>> records(Class<?> type) {
        if (type.isRecord()) {
            return Stream.of(type);
        }
        if (!type.isSealed()) {
            throw new IllegalArgumentException(type.getName() + " is neither sealed nor a record.");
        }
        return Arrays.stream(type.getPermittedSubclasses()).flatMap(Vocabulary::records);
    }
}
