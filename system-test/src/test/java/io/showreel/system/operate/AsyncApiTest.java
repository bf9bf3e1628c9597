package io.showreel.system.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.Topics;
import io.showreel.messaging.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AsyncApiTest {

    private static final String WRITE = "showreel.asyncapi.write";
    private static final Pattern READS = Pattern.compile("new Subscription<>\\(\\s*(\\w+)\\.TOPIC");

    private static final List<AsyncApi.Topic> TOPICS = AsyncApi.TOPICS;

    private final JsonMapper json = JsonMapper.builder().build();
    private final String generated = new AsyncApi().document();
    private final JsonNode document = json.readTree(generated);

    @Test
    void the_document_is_current() {
        assertThat(Tree.isCurrent(AsyncApi.FILE, generated, WRITE))
                .as("%s is stale; run this test with -D%s=true", AsyncApi.FILE, WRITE)
                .isTrue();
    }

    @Test
    void every_topic_of_the_contracts_is_there() throws Exception {
        var addresses = new ArrayList<Object>();
        for (var field : Topics.class.getFields()) {
            if (field.getType() == String.class) {
                addresses.add(field.get(null));
            }
        }
        assertThat(TOPICS)
                .extracting(AsyncApi.Topic::address)
                .containsExactlyInAnyOrderElementsOf(
                        addresses.stream().map(Object::toString).toList());
    }

    /** A fault in the generator would make the document current, and wrong. */
    @ParameterizedTest
    @FieldSource("TOPICS")
    void what_is_on_the_wire_is_as_the_document_says(AsyncApi.Topic topic) throws IOException {
        for (var word : AsyncApi.words(topic)) {
            var id = word.getDeclaringClass().getSimpleName() + "." + word.getSimpleName();
            var message = document.at("/components/messages/" + id);
            assertThat(message.path("name").asString()).isEqualTo(Vocabulary.typeOf(word));
            var golden = Tree.files("contracts/src/test/resources/golden/" + topic.address(), ".json").stream()
                    .filter(file -> file.getFileName().toString().startsWith(Vocabulary.typeOf(word) + "."))
                    .toList();
            assertThat(golden).as(id).isNotEmpty();
            for (var file : golden) {
                assertThat(faults(json.readTree(Files.readString(file)), message.path("payload"), id))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void readers_are_those_that_subscribe() {
        for (var service : List.of("asset", "gateway", "render", "stitch")) {
            var subscribed = Tree.allFiles(service + "-service/src/main/java", ".java").stream()
                    .flatMap(file -> READS.matcher(Tree.read(file.toString())).results())
                    .map(found -> found.group(1))
                    .toList();
            assertThat(TOPICS)
                    .filteredOn(topic -> topic.readers().contains(service + "-service"))
                    .extracting(topic -> topic.vocabulary().getSimpleName())
                    .as(service)
                    .containsExactlyInAnyOrderElementsOf(subscribed);
        }
    }

    /** Unknown and missing properties, and values of another type. */
    private List<String> faults(JsonNode value, JsonNode schema, String path) {
        if (schema.has("$ref")) {
            return faults(value, document.at(schema.path("$ref").asString().substring(1)), path);
        }
        var faults = new ArrayList<String>();
        var fits =
                switch (schema.path("type").asString("")) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isString();
                    case "integer" -> value.isIntegralNumber();
                    case "number" -> value.isNumber();
                    case "boolean" -> value.isBoolean();
                    default -> true;
                };
        if (!fits) {
            faults.add(path + " is no " + schema.path("type").asString());
        }
        if (schema.has("enum")
                && schema.path("enum").valueStream().noneMatch(word -> word.asString()
                        .equals(value.asString()))) {
            faults.add(path + " is none of " + schema.path("enum"));
        }
        schema.path("required").forEach(name -> {
            if (!value.has(name.asString())) {
                faults.add(path + " lacks " + name.asString());
            }
        });
        if (schema.has("properties")) {
            value.properties().forEach(property -> {
                var known = schema.path("properties").path(property.getKey());
                var place = path + "." + property.getKey();
                faults.addAll(
                        known.isMissingNode()
                                ? List.of(place + " is unknown")
                                : faults(property.getValue(), known, place));
            });
        }
        value.valueStream().forEach(item -> {
            if (value.isArray()) {
                faults.addAll(faults(item, schema.path("items"), path + "[]"));
            }
        });
        return faults;
    }
}
