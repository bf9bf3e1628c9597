package io.showreel.sandbox.xai;

import io.showreel.sandbox.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The photos that a request talks about, in groups. They are found in the messages' texts: in JSON, where an array holds
 * objects with an {@code id}, or in lines such as {@code id=a1 kitchen 2}.
 */
record Material(List<Group> groups) {
    private static final Pattern LABEL = Pattern.compile("\\bid\\s*[=:]\\s*\"?([\\w-]+)\"?[,;]?\\s*([^\\n\"]*)");
    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern NUMBER_AT_END = Pattern.compile("[\\s_-]*\\d+$");
    private static final List<String> IDS = List.of("id", "asset_id", "photo_id", "ref", "reference");
    private static final List<String> GROUP_NAMES = List.of("group", "group_name", "name", "label", "title", "tag");

    record Photo(String id, String name) {}

    record Group(String name, List<Photo> photos) {
        /** Its name as a part of a sentence, without numbers. */
        String spoken() {
            var words = name.replaceAll("[\\d_-]+", " ").strip().replaceAll("\\s+", " ");
            return words.isEmpty() ? "place" : words.toLowerCase(Locale.ROOT);
        }
    }

    static Material in(JsonNode messages) {
        Map<String, List<Photo>> found = new LinkedHashMap<>();
        texts(messages).forEach(text -> read(text, found));
        return new Material(found.entrySet().stream()
                .map(entry -> new Group(entry.getKey(), List.copyOf(entry.getValue())))
                .toList());
    }

    /** An answer in which each photo of the request is called by an id that nobody knows. */
    String withoutIds(@Nullable String answer) {
        if (answer == null) {
            return "";
        }
        var known = groups.stream()
                .flatMap(group -> group.photos().stream())
                .map(Photo::id)
                .collect(Collectors.toSet());
        // Ids stand in an answer as whole strings.
        return STRING.matcher(answer)
                .replaceAll(string -> known.contains(string.group(1))
                        ? "\""
                                + new UUID(
                                        0,
                                        Integer.toUnsignedLong(string.group(1).hashCode())) + "\""
                        : Matcher.quoteReplacement(string.group()));
    }

    /** All that was said, as texts. */
    static Stream<String> texts(JsonNode messages) {
        return messages.values().stream().flatMap(message -> {
            var content = message.path("content");
            return content.isString()
                    ? Stream.of(content.asString())
                    : content.values().stream()
                            .map(part -> part.path("text").asString(""))
                            .filter(text -> !text.isEmpty());
        });
    }

    private static void read(String text, Map<String, List<Photo>> found) {
        var json = json(text);
        if (json.isPresent()) {
            walk(json.get(), Optional.empty(), found);
            return;
        }
        var matcher = LABEL.matcher(text);
        while (matcher.find()) {
            var name = matcher.group(2).strip();
            add(found, stem(name), new Photo(matcher.group(1), name));
        }
    }

    /** The JSON that a text is or contains. */
    private static Optional<JsonNode> json(String text) {
        int object = text.indexOf('{');
        int array = text.indexOf('[');
        int start = object < 0 || array >= 0 && array < object ? array : object;
        if (start < 0) {
            return Optional.empty();
        }
        try (var parser = Json.MAPPER.createParser(text.substring(start))) {
            return Optional.ofNullable(Json.MAPPER.readTree(parser));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static void walk(JsonNode node, Optional<String> enclosing, Map<String, List<Photo>> found) {
        if (node instanceof ObjectNode object) {
            var id = text(object, IDS);
            var isContainer = object.values().stream().anyMatch(JsonNode::isArray) && holdsPhotos(object);
            if (id.isPresent() && !isContainer) {
                var name = text(object, List.of("name", "title", "label", "description"))
                        .orElse(id.get());
                var group = text(object, List.of("group", "group_name"))
                        .or(() -> enclosing)
                        .orElseGet(() -> stem(name));
                add(found, group, new Photo(id.get(), name));
                return;
            }
            var name = isContainer ? text(object, GROUP_NAMES) : Optional.<String>empty();
            object.values().forEach(child -> walk(child, name, found));
        } else if (node.isArray()) {
            node.values().forEach(child -> walk(child, enclosing, found));
        }
    }

    private static boolean holdsPhotos(ObjectNode object) {
        return object.values().stream()
                .filter(JsonNode::isArray)
                .flatMap(array -> array.values().stream())
                .anyMatch(item ->
                        item instanceof ObjectNode photo && text(photo, IDS).isPresent());
    }

    private static Optional<String> text(ObjectNode object, List<String> names) {
        return names.stream()
                .map(object::get)
                .filter(value -> value != null && value.isString())
                .map(JsonNode::asString)
                .findFirst();
    }

    private static void add(Map<String, List<Photo>> found, String group, Photo photo) {
        var photos = found.computeIfAbsent(group, name -> new ArrayList<>());
        if (photos.stream().noneMatch(known -> known.id().equals(photo.id()))) {
            photos.add(photo);
        }
    }

    private static String stem(String name) {
        return NUMBER_AT_END.matcher(name).replaceFirst("");
    }
}
