package io.showreel.system.conformance;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The provider's OpenAPI document, and what it has against an exchange. */
public final class ProviderDocument {

    private final JsonMapper json = JsonMapper.shared();
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> compiled = new HashMap<>();
    private final ObjectNode document;

    private ProviderDocument(ObjectNode document) {
        this.document = document;
    }

    /** A copy beside the project, or where the system property {@code showreel.provider-openapi} says. */
    public static Path location() {
        var said = System.getProperty("showreel.provider-openapi");
        return said == null ? Path.of("..", "..", "shared", "replicate-openapi.json") : Path.of(said);
    }

    public static ProviderDocument read(Path file) throws IOException {
        var document = (ObjectNode) JsonMapper.shared().readTree(Files.readAllBytes(file));
        allowNulls(document);
        letVersionsBeHidden(document);
        return new ProviderDocument(document);
    }

    /** It calls itself 3.1, where null is a type, and says {@code nullable}, as 3.0 did. */
    private static void allowNulls(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("nullable").asBoolean(false)
                && object.path("type").isString()) {
            var types = JsonNodeFactory.instance
                    .arrayNode()
                    .add(object.get("type").asString())
                    .add("null");
            object.set("type", types);
        }
        node.values().forEach(ProviderDocument::allowNulls);
    }

    /**
     * A prediction's version is exactly one of any text and the text {@code hidden}: to the letter {@code hidden} itself,
     * which the provider answers with, is two of them. Nowhere else is anything read less strictly than it is written.
     */
    private static void letVersionsBeHidden(ObjectNode document) {
        var version = (ObjectNode) document.at("/components/schemas/schemas_prediction_response/properties/version");
        version.set("anyOf", version.remove("oneOf"));
    }

    /** All that it describes. */
    Set<String> paths() {
        return new TreeSet<>(document.path("paths").propertyNames());
    }

    /** The path as the document writes it. */
    Optional<String> pathOf(Exchange exchange) {
        var called = exchange.path().split("/", -1);
        return document.path("paths").propertyNames().stream()
                .filter(path -> matches(path.split("/", -1), called))
                .findFirst();
    }

    public List<String> complaints(Exchange exchange) {
        var path = pathOf(exchange);
        if (path.isEmpty()) {
            return List.of(exchange + ": no such path");
        }
        var pointer = "#/paths/" + path.get().replace("~", "~0").replace("/", "~1") + "/"
                + exchange.method().toLowerCase(Locale.ROOT);
        var operation = at(pointer);
        if (operation.isMissingNode()) {
            return List.of(exchange + ": no such method");
        }
        var complaints = new ArrayList<String>();
        parameters(exchange, operation, complaints);
        request(exchange, operation, pointer, complaints);
        answer(exchange, operation, pointer, complaints);
        return complaints.stream().map(complaint -> exchange + ": " + complaint).toList();
    }

    private static void parameters(Exchange exchange, JsonNode operation, List<String> complaints) {
        var known = operation.path("parameters").values().stream()
                .map(parameter -> parameter.path("name").asString(""))
                .toList();
        exchange.parameters().stream()
                // The pages' own links carry it.
                .filter(name -> !known.contains(name) && !name.equals("cursor"))
                .forEach(name -> complaints.add("unknown parameter " + name));
    }

    private void request(Exchange exchange, JsonNode operation, String pointer, List<String> complaints) {
        var content = operation.path("requestBody").path("content");
        if (content.has("application/json")) {
            validate(exchange.sent(), pointer + "/requestBody/content/application~1json/schema", "sent", complaints);
        } else if (content.has("multipart/form-data")) {
            if (!exchange.sentType().startsWith("multipart/form-data")
                    || !exchange.sentText().contains("name=\"content\"")) {
                complaints.add("sent no form with a content");
            }
        }
    }

    /** The document describes no error but a few of the Files API. */
    private void answer(Exchange exchange, JsonNode operation, String pointer, List<String> complaints) {
        var status = Integer.toString(exchange.status());
        var described = operation.path("responses").path(status);
        if (described.isMissingNode()) {
            if (exchange.status() < 400) {
                complaints.add("answered with a status that is not described");
            }
            return;
        }
        for (var type : described.path("content").propertyNames()) {
            if (!exchange.type().startsWith(type)) {
                complaints.add("answered as " + exchange.type() + " and not as " + type);
            } else if (type.endsWith("json")) {
                var schema = pointer + "/responses/" + status + "/content/" + type.replace("/", "~1") + "/schema";
                validate(exchange.answer(), schema, "answered", complaints);
            }
        }
    }

    private void validate(byte[] body, String pointer, String who, List<String> complaints) {
        JsonNode value;
        try {
            value = json.readTree(body);
        } catch (JacksonException e) {
            complaints.add(who + " no JSON");
            return;
        }
        compiled.computeIfAbsent(pointer, this::compile)
                .validate(value)
                .forEach(error -> complaints.add(who + " " + error));
    }

    /** The whole document, so that its own references resolve, entered at this place. */
    private Schema compile(String pointer) {
        return schemas.getSchema(document.deepCopy().put("$ref", pointer));
    }

    private JsonNode at(String pointer) {
        return document.at(pointer.substring(1));
    }

    private static boolean matches(String[] pattern, String[] called) {
        if (pattern.length != called.length) {
            return false;
        }
        for (int n = 0; n < pattern.length; n++) {
            if (!pattern[n].startsWith("{") && !pattern[n].equals(called[n])) {
                return false;
            }
        }
        return true;
    }
}
