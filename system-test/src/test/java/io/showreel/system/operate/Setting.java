package io.showreel.system.operate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A configuration property of ours, as the metadata that the compiler generated tell of it.
 *
 * @param type of the value, without its package
 * @param description empty if nobody wrote one
 * @param value by default; null if there is none
 * @param owner the module, which is the package below {@code io.showreel}
 */
record Setting(
        String name,
        String type,
        String description,
        @Nullable String value,
        String owner) {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    /** Every property of every module on the class path. */
    static List<Setting> all() {
        try {
            var json = JsonMapper.shared();
            return Setting.class
                    .getClassLoader()
                    .resources(METADATA)
                    .map(url -> {
                        try (var stream = url.openStream()) {
                            return json.readTree(stream);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .flatMap(metadata -> metadata.path("properties").valueStream())
                    .filter(property -> property.path("sourceType").asString("").startsWith("io.showreel."))
                    .map(Setting::of)
                    .sorted(Comparator.comparing(Setting::name))
                    .toList();
        } catch (UncheckedIOException e) {
            throw new IllegalStateException("The metadata can't be read", e);
        }
    }

    /** The environment variable, as Spring derives it. */
    String variable() {
        var variable = name.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_');
        return isOpen() ? variable + "_*" : variable;
    }

    /** Whether the value has parts with names of their own. */
    boolean isOpen() {
        return type.startsWith("List") || type.startsWith("Set") || type.startsWith("Map");
    }

    private static Setting of(JsonNode property) {
        return new Setting(
                property.path("name").asString(),
                simple(property.path("type").asString("")),
                property.path("description").asString("").replaceAll("\\{@code ([^}]*)}", "`$1`"),
                value(property.path("defaultValue")),
                property.path("sourceType").asString().split("\\.")[2]);
    }

    private static @Nullable String value(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        return value.isArray()
                ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "))
                : value.asString();
    }

    private static String simple(String type) {
        return Stream.of(type.split("(?<=[<,])"))
                .map(part -> part.substring(Math.max(part.lastIndexOf('.'), part.lastIndexOf('$')) + 1))
                .collect(Collectors.joining());
    }
}
