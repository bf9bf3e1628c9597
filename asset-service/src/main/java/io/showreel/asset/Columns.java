package io.showreel.asset;

import io.r2dbc.spi.Readable;
import io.showreel.web.WebJson;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and binds columns, the optional and the JSON ones alike. */
public final class Columns {

    private Columns() {}

    public static <T> T get(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }

    public static ObjectNode object(Readable row, String column) {
        return (ObjectNode) WebJson.mapper().readTree(get(row, column, String.class));
    }

    public static @Nullable JsonNode json(Readable row, String column) {
        var text = row.get(column, String.class);
        return text == null ? null : WebJson.mapper().readTree(text);
    }

    public static <T> GenericExecuteSpec bind(
            GenericExecuteSpec statement, String name, @Nullable T value, Class<T> type) {
        return value == null ? statement.bindNull(name, type) : statement.bind(name, value);
    }

    /** JSON travels as text; the statement casts it. A field that was not given is an empty object. */
    public static GenericExecuteSpec bindObject(GenericExecuteSpec statement, String name, @Nullable ObjectNode value) {
        return statement.bind(name, value == null ? "{}" : value.toString());
    }
}
