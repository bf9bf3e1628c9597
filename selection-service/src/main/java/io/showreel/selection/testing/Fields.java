package io.showreel.selection.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The fields of a request's body, read one by one, with whatever is wrong with them. */
final class Fields {

    private final String path;
    private final JsonNode body;
    private final Set<String> asked = new HashSet<>();
    private final Map<String, List<String>> faults;

    private Fields(String path, JsonNode body, Map<String, List<String>> faults) {
        this.path = path;
        this.body = body;
        this.faults = faults;
    }

    static Fields of(JsonNode body) {
        var fields = new Fields("", body, new LinkedHashMap<>());
        if (!body.isObject()) {
            fields.fault("", "must be a JSON object");
        }
        return fields;
    }

    /** @return null where there is nothing */
    @Nullable
    String text(String name, int longest) {
        var value = get(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString() || value.stringValue().length() > longest) {
            fault(name, "must be a text of at most %d characters".formatted(longest));
            return null;
        }
        return value.stringValue().isBlank() ? null : value.stringValue().strip();
    }

    String oneOf(String name, List<String> allowed, String otherwise) {
        var value = text(name, 100);
        if (value != null && !allowed.contains(value)) {
            fault(name, "must be one of " + String.join(", ", allowed));
            return otherwise;
        }
        return value == null ? otherwise : value;
    }

    int whole(String name, int least, int most, int otherwise) {
        var value = get(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.canConvertToInt()
                || !value.isIntegralNumber()
                || value.intValue() < least
                || value.intValue() > most) {
            fault(name, "must be a whole number from %d to %d".formatted(least, most));
            return otherwise;
        }
        return value.intValue();
    }

    double number(String name, double least, double most, double otherwise) {
        var value = get(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isNumber() || value.doubleValue() < least || value.doubleValue() > most) {
            fault(name, "must be a number from %s to %s".formatted(least, most));
            return otherwise;
        }
        return value.doubleValue();
    }

    boolean flag(String name, boolean otherwise) {
        var value = get(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            fault(name, "must be true or false");
            return otherwise;
        }
        return value.booleanValue();
    }

    List<String> texts(String name, int most) {
        var texts = new ArrayList<String>();
        for (var value : array(name, most)) {
            if (value.isString()) {
                texts.add(value.stringValue());
            } else {
                fault(name, "must hold texts only");
            }
        }
        return texts;
    }

    List<Fields> objects(String name, int most) {
        var objects = new ArrayList<Fields>();
        for (var value : array(name, most)) {
            var object = new Fields("%s%s[%d].".formatted(path, name, objects.size()), value, faults);
            if (!value.isObject()) {
                object.fault("", "must be a JSON object");
            }
            objects.add(object);
        }
        return objects;
    }

    /** Whatever somebody wants to tell us, as it is. */
    Fields object(String name) {
        var value = get(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isObject()) {
            fault(name, "must be a JSON object");
        }
        return new Fields(path + name + ".", value, faults);
    }

    /** All that it holds, as text. */
    String json() {
        asked.addAll(body.propertyNames());
        return body.isObject() ? body.toString() : "";
    }

    void fault(String name, String fault) {
        var where = path + name;
        faults.computeIfAbsent(where.isEmpty() ? "body" : where, unknown -> new ArrayList<>())
                .add(fault);
    }

    /** Names what nobody asked for, which is most likely misspelt. */
    void nothingElse() {
        body.propertyNames().stream().filter(name -> !asked.contains(name)).forEach(name -> fault(name, "is unknown"));
    }

    /** @throws RefusalException if anything is wrong so far */
    void check() {
        if (!faults.isEmpty()) {
            throw new RefusalException("validation_failed", "The request is not valid.", faults);
        }
    }

    private List<JsonNode> array(String name, int most) {
        var value = get(name);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray() || value.size() > most) {
            fault(name, "must be a list of at most %d".formatted(most));
            return List.of();
        }
        return List.copyOf(value.values());
    }

    private JsonNode get(String name) {
        asked.add(name);
        return body.path(name);
    }
}
