package io.showreel.system.operate;

import io.showreel.contracts.Topics;
import io.showreel.contracts.Usd;
import io.showreel.contracts.job.JobCommand;
import io.showreel.contracts.job.JobEvent;
import io.showreel.contracts.scene.SceneEvent;
import io.showreel.contracts.scene.SceneRequest;
import io.showreel.contracts.storyboard.StoryboardEvent;
import io.showreel.contracts.video.VideoEvent;
import io.showreel.messaging.CloudEvents;
import io.showreel.messaging.Vocabulary;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Generates {@code docs/asyncapi.json}, an AsyncAPI 3 document, from the records of the contracts. */
final class AsyncApi {

    static final String FILE = "docs/asyncapi.json";

    /** @param readers services, by the name that is also their consumer group */
    record Topic(String address, Class<?> vocabulary, String writer, List<String> readers, String says) {}

    static final List<Topic> TOPICS = List.of(
            new Topic(
                    Topics.JOB_COMMANDS,
                    JobCommand.class,
                    "gateway-service",
                    List.of("selection-service"),
                    "What the gateway asks of selection-service."),
            new Topic(
                    Topics.STORYBOARD_EVENTS,
                    StoryboardEvent.class,
                    "selection-service",
                    List.of("gateway-service"),
                    "What selection-service answers."),
            new Topic(
                    Topics.SCENE_REQUESTS,
                    SceneRequest.class,
                    "gateway-service",
                    List.of("render-service", "stitch-service"),
                    "Cuts that are wanted, and no longer wanted."),
            new Topic(
                    Topics.SCENE_EVENTS,
                    SceneEvent.class,
                    "render-service",
                    List.of("gateway-service", "stitch-service"),
                    "What becomes of the takes of a cut."),
            new Topic(
                    Topics.VIDEO_EVENTS,
                    VideoEvent.class,
                    "stitch-service",
                    List.of("gateway-service"),
                    "What becomes of the film of a cut."),
            new Topic(
                    Topics.JOB_EVENTS,
                    JobEvent.class,
                    "gateway-service",
                    List.of("asset-service", "render-service", "stitch-service"),
                    "A job's life, for whoever integrates with Showreel."));

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ObjectNode schemas = JSON.createObjectNode();
    private final Map<String, ObjectNode> sorted = new TreeMap<>();

    String document() {
        var document = JSON.createObjectNode();
        document.put("asyncapi", "3.0.0");
        document.putObject("info")
                .put("title", "Showreel")
                .put("version", "1")
                .put(
                        "description",
                        "The messages between the services, and job.events for everybody else. Records are keyed by"
                                + " job id and carry CloudEvents headers in Kafka's binary mode; the type stands in"
                                + " ce_type only. They come at least once: remember the ce_id of what you handled."
                                + " Payloads grow by addition: ignore what you don't know, types included.");
        document.put("defaultContentType", "application/json");
        var channels = document.putObject("channels");
        var operations = document.putObject("operations");
        var components = document.putObject("components");
        var messages = components.putObject("messages");
        for (var topic : TOPICS) {
            channel(channels.putObject(id(topic)), topic, messages);
            operation(operations, topic, "send", topic.writer());
            topic.readers().forEach(reader -> operation(operations, topic, "receive", reader));
        }
        components
                .putObject("messageTraits")
                .set("cloudEvent", JSON.createObjectNode().set("headers", headers()));
        sorted.forEach(schemas::set);
        components.set("schemas", schemas);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
    }

    private void channel(ObjectNode channel, Topic topic, ObjectNode messages) {
        channel.put("address", topic.address()).put("description", topic.says());
        channel.putObject("bindings").putObject("kafka").put("partitions", Topics.PARTITIONS);
        var listed = channel.putObject("messages");
        for (var word : words(topic)) {
            var type = Vocabulary.typeOf(word);
            var id = name(word);
            ref(listed.putObject(id), "messages/" + id);
            var message = messages.putObject(id);
            message.put("name", type).put("title", word.getSimpleName());
            ref(message.putArray("traits").addObject(), "messageTraits/cloudEvent");
            ref(message.putObject("payload"), "schemas/" + define(word));
        }
    }

    /** The records of a topic that are ever written. */
    static List<Class<?>> words(Topic topic) {
        return Arrays.<Class<?>>stream(topic.vocabulary().getPermittedSubclasses())
                .filter(word -> !word.getSimpleName().equals("Unrecognised"))
                .toList();
    }

    private void operation(ObjectNode operations, Topic topic, String action, String service) {
        var operation = operations.putObject(service + "." + action + "." + topic.address());
        operation.put("action", action);
        operation.putObject("channel").put("$ref", "#/channels/" + id(topic));
        operation.put("title", service);
    }

    private static ObjectNode headers() {
        var headers = JSON.createObjectNode().put("type", "object");
        var properties = headers.putObject("properties");
        properties.putObject(CloudEvents.SPEC_VERSION).put("const", "1.0");
        properties.putObject(CloudEvents.ID).put("type", "string").put("format", "uuid");
        properties.putObject(CloudEvents.TYPE).put("type", "string");
        properties.putObject(CloudEvents.SOURCE).put("type", "string").put("description", "the service that wrote it");
        properties.putObject(CloudEvents.SUBJECT).put("type", "string").put("description", "the key once more");
        properties.putObject(CloudEvents.TIME).put("type", "string").put("format", "date-time");
        properties
                .putObject(CloudEvents.CAUSATION_ID)
                .put("type", "string")
                .put("format", "uuid")
                .put("description", "ce_id of the message while handling which this one was written");
        properties.putObject(CloudEvents.CONTENT_TYPE).put("const", "application/json");
        properties.putObject(CloudEvents.REQUEST_ID).put("type", "string");
        properties.putObject(CloudEvents.TRACEPARENT).put("type", "string").put("description", "W3C trace context");
        return headers;
    }

    /** Adds the record's schema if it is not there yet, and says what it is called. */
    private String define(Class<?> type) {
        var name = name(type);
        if (!sorted.containsKey(name)) {
            var schema = JSON.createObjectNode().put("type", "object");
            sorted.put(name, schema);
            var required = JSON.createArrayNode();
            var properties = schema.putObject("properties");
            for (var component : type.getRecordComponents()) {
                var property = snake(component.getName());
                properties.set(property, schemaOf(component.getAnnotatedType()));
                if (!mayLack(component)) {
                    required.add(property);
                }
            }
            if (!required.isEmpty()) {
                schema.set("required", required);
            }
        }
        return name;
    }

    /** Lists and maps came to records later, too: where one is missing it is empty. */
    private static boolean mayLack(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                || Collection.class.isAssignableFrom(component.getType())
                || Map.class.isAssignableFrom(component.getType());
    }

    private ObjectNode schemaOf(AnnotatedType annotated) {
        var schema = JSON.createObjectNode();
        var raw = raw(annotated.getType());
        if (Collection.class.isAssignableFrom(raw)) {
            schema.put("type", "array");
            schema.set("items", schemaOf(argument(annotated, 0)));
        } else if (Map.class.isAssignableFrom(raw)) {
            schema.put("type", "object");
            schema.set("additionalProperties", schemaOf(argument(annotated, 1)));
        } else if (raw.isEnum()) {
            schema.put("type", "string");
            ArrayNode words = schema.putArray("enum");
            for (var constant : raw.getEnumConstants()) {
                words.add(((Enum<?>) constant).name().toLowerCase(Locale.ROOT));
            }
        } else if (raw.isRecord() && raw != Usd.class) {
            ref(schema, "schemas/" + define(raw));
        } else {
            simple(schema, raw);
        }
        return schema;
    }

    private static void simple(ObjectNode schema, Class<?> type) {
        switch (type.getSimpleName()) {
            case "long", "Long" -> schema.put("type", "integer").put("format", "int64");
            case "int", "Integer" -> schema.put("type", "integer").put("format", "int32");
            case "double", "Double" -> schema.put("type", "number");
            case "boolean", "Boolean" -> schema.put("type", "boolean");
            case "String" -> schema.put("type", "string");
            case "Object" -> schema.put("description", "any value");
            default -> {
                schema.put("type", "string");
                var format = Map.<Class<?>, String>of(
                                UUID.class,
                                "uuid",
                                URI.class,
                                "uri",
                                Instant.class,
                                "date-time",
                                Duration.class,
                                "duration")
                        .get(type);
                if (format != null) {
                    schema.put("format", format);
                } else if (type == Usd.class || type == BigDecimal.class) {
                    schema.put("pattern", "^-?\\d+(\\.\\d+)?$")
                            .put("description", "an amount, in US dollars for money");
                } else {
                    throw new IllegalArgumentException("No schema for " + type);
                }
            }
        }
    }

    private static AnnotatedType argument(AnnotatedType annotated, int index) {
        return ((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments()[index];
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType parameterized
                ? (Class<?>) parameterized.getRawType()
                : (Class<?>) type;
    }

    static String snake(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    /** Two vocabularies have records of one name, such as CutClosed. */
    private static String name(Class<?> type) {
        var outer = type.getDeclaringClass();
        return outer == null ? type.getSimpleName() : outer.getSimpleName() + "." + type.getSimpleName();
    }

    private static String id(Topic topic) {
        return topic.address().replace('.', '_');
    }

    private static void ref(ObjectNode node, String component) {
        node.put("$ref", "#/components/" + component);
    }
}
