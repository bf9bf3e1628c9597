package io.showreel.sandbox.xai;

import io.showreel.sandbox.Json;
import io.showreel.sandbox.xai.Pairs.Pair;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Makes an answer by its schema. Properties say by their names what they want: {@code first} and {@code last} (or
 * {@code *_asset_id} and the like) get two photos of one group, texts speak of that group.
 */
final class Answer {
    private static final Pattern FIRST = Pattern.compile("(^|_)(first|start|from|opening|begin)(_|$)");
    private static final Pattern LAST = Pattern.compile("(^|_)(last|end|to|closing|final)(_|$)");
    private static final Pattern ID = Pattern.compile("(^|_)(id|photo|image|asset)$");
    private static final Pattern IDS = Pattern.compile("(^|_)(ids|photos|images|assets)$");
    private static final List<String> TITLES = List.of(
            "First light on the %s",
            "Into the %s",
            "The %s, unhurried",
            "Around the %s",
            "A moment with the %s",
            "The %s, up close",
            "Along the %s");

    private final Schema schema;
    private final Pairs pairs;

    /** Where in the answer a value stands: in which element of a list, and about which photos. */
    private record Place(int index, int count, @Nullable Pair pair) {
        String topic() {
            return pair == null ? "place" : pair.group().spoken();
        }
    }

    private Answer(Schema schema, Pairs pairs) {
        this.schema = schema;
        this.pairs = pairs;
    }

    static JsonNode by(Schema schema, Material material, long seed) {
        return new Answer(schema, new Pairs(material, seed)).value("", schema.root(), new Place(0, 1, null));
    }

    private JsonNode value(String name, JsonNode unresolved, Place place) {
        var wanted = schema.resolve(unresolved);
        if (wanted.has("const")) {
            return wanted.get("const");
        }
        if (wanted.has("enum")) {
            return choice(name, wanted.get("enum"), place);
        }
        return switch (Schema.type(wanted)) {
            case "object" -> object(wanted, place);
            case "array" -> array(name, wanted, place);
            case "integer" -> JsonNodeFactory.instance.numberNode((long) Math.ceil(number(name, wanted, place)));
            case "number" -> DoubleNode.valueOf(Math.round(number(name, wanted, place) * 100) / 100.0);
            case "boolean" -> JsonNodeFactory.instance.booleanNode(false);
            case "null" -> JsonNodeFactory.instance.nullNode();
            default -> StringNode.valueOf(fitted(text(name, wanted, place), wanted));
        };
    }

    private ObjectNode object(JsonNode wanted, Place place) {
        var made = Json.object();
        wanted.path("properties")
                .properties()
                .forEach(property -> made.set(property.getKey(), value(property.getKey(), property.getValue(), place)));
        return made;
    }

    private ArrayNode array(String name, JsonNode wanted, Place place) {
        var items = schema.resolve(wanted.path("items"));
        int least = wanted.path("minItems").asInt(0);
        int most = wanted.path("maxItems").asInt(Integer.MAX_VALUE);
        var made = Json.array();
        if (IDS.matcher(name).find() && Schema.type(items).equals("string") && place.pair() != null) {
            made.add(place.pair().first().id());
            if (most > 1) {
                made.add(place.pair().last().id());
            }
            return made;
        }
        boolean paired = Schema.type(items).equals("object") && wantsPair(items);
        int count = Math.clamp(paired ? pairs.size() : 1, least, Math.max(least, most));
        for (int i = 0; i < count; i++) {
            var here = paired
                    ? new Place(i, count, pairs.next(topic(items, i)).orElse(null))
                    : new Place(i, count, place.pair());
            made.add(value(name, items, here));
        }
        return made;
    }

    private boolean wantsPair(JsonNode items) {
        return items.path("properties").propertyStream().anyMatch(property -> {
            var name = property.getKey();
            return FIRST.matcher(name).find()
                    || LAST.matcher(name).find()
                    || ID.matcher(name).find()
                    || IDS.matcher(name).find();
        });
    }

    /** What an element is to be about, if one of its properties is a choice of kinds. */
    private String topic(JsonNode items, int index) {
        return items.path("properties")
                .propertyStream()
                .filter(property ->
                        property.getKey().endsWith("type") || property.getKey().endsWith("kind"))
                .map(property -> schema.resolve(property.getValue()).path("enum"))
                .filter(JsonNode::isArray)
                .map(kinds -> kinds.get(index % kinds.size()).asString("").replace('_', ' '))
                .findFirst()
                .orElse("");
    }

    private JsonNode choice(String name, JsonNode choices, Place place) {
        var photo = photo(name, place);
        return StreamSupport.stream(choices.spliterator(), false)
                .filter(choice -> photo.isPresent() && choice.asString("").equals(photo.get()))
                .findFirst()
                .orElseGet(() -> choices.get(place.index() % choices.size()));
    }

    private static Optional<String> photo(String name, Place place) {
        var pair = place.pair();
        if (pair == null) {
            return Optional.empty();
        }
        if (LAST.matcher(name).find()) {
            return Optional.of(pair.last().id());
        }
        return FIRST.matcher(name).find() || ID.matcher(name).find()
                ? Optional.of(pair.first().id())
                : Optional.empty();
    }

    private static double number(String name, JsonNode wanted, Place place) {
        double least = wanted.path("minimum").asDouble(0);
        double most = wanted.path("maximum").asDouble(Math.max(least, 100));
        double value =
                switch (name) {
                    case "score", "confidence", "rating" -> least + (most - least) * (0.95 - 0.02 * place.index());
                    case "index", "order", "position", "number" -> place.index() + 1;
                    default -> least;
                };
        return Math.clamp(value, least, most);
    }

    private static String text(String name, JsonNode wanted, Place place) {
        var formatted = format(wanted.path("format").asString(""));
        if (formatted.isPresent()) {
            return formatted.get();
        }
        var photo = photo(name, place);
        if (photo.isPresent()) {
            return photo.get();
        }
        var topic = place.topic();
        var key = name.toLowerCase(Locale.ROOT);
        if (key.contains("group")) {
            return place.pair() == null ? topic : place.pair().group().name();
        }
        if (key.contains("title") || key.equals("name")) {
            boolean last = place.count() > 1 && place.index() == place.count() - 1;
            return last
                    ? "Farewell from the " + topic
                    : TITLES.get(place.index() % TITLES.size()).formatted(topic);
        }
        if (key.contains("music")) {
            return "Warm, unhurried piano over soft pads, about eighty beats a minute, opening up towards the end.";
        }
        if (key.contains("prompt") || key.contains("motion") || key.contains("camera")) {
            return "Slow, steady camera move through the " + topic
                    + ", from the first view to the last, in natural light, without a cut.";
        }
        if (key.contains("reason") || key.contains("why")) {
            return "Both photos show the same view of the " + topic + ".";
        }
        return "A slow move over the " + topic + ", from one view to the next.";
    }

    private static Optional<String> format(String format) {
        return switch (format) {
            case "date" -> Optional.of("2026-01-01");
            case "time" -> Optional.of("12:00:00Z");
            case "date-time" -> Optional.of("2026-01-01T12:00:00Z");
            case "email" -> Optional.of("someone@example.com");
            case "uuid" -> Optional.of("00000000-0000-4000-8000-000000000000");
            case "ipv4" -> Optional.of("192.0.2.1");
            case "ipv6" -> Optional.of("2001:db8::1");
            case "uri" -> Optional.of("https://example.com/");
            default -> Optional.empty();
        };
    }

    private static String fitted(String text, JsonNode wanted) {
        int most = wanted.path("maxLength").asInt(Integer.MAX_VALUE);
        int least = wanted.path("minLength").asInt(0);
        var shortened = text.length() > most ? text.substring(0, most).stripTrailing() : text;
        return shortened.length() < least ? shortened + ".".repeat(least - shortened.length()) : shortened;
    }
}
