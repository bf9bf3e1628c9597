package io.showreel.selection.storyboard.grok;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What chat completions is sent. It has no {@code stop} and no penalties: reasoning models refuse them.
 *
 * @param reasoningEffort only for models that know one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ChatRequest(
        String model,
        double temperature,
        int maxCompletionTokens,
        @Nullable String reasoningEffort,
        List<Turn> messages,
        ResponseFormat responseFormat) {

    record Turn(String role, List<Part> content) {

        static Turn system(String text) {
            return new Turn("system", List.of(Part.text(text)));
        }

        static Turn user(Part... parts) {
            return new Turn("user", List.of(parts));
        }

        static Turn assistant(String text) {
            return new Turn("assistant", List.of(Part.text(text)));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Part(
            String type, @Nullable String text, @Nullable ImageUrl imageUrl) {

        static Part text(String text) {
            return new Part("text", text, null);
        }

        static Part image(String uri) {
            return new Part("image_url", null, new ImageUrl(uri, "high"));
        }
    }

    /** @param url may hold the image itself, so that nobody has to fetch it from us */
    record ImageUrl(String url, String detail) {}

    record ResponseFormat(String type, JsonSchema jsonSchema) {

        static ResponseFormat strict(String name, Map<String, Object> schema) {
            return new ResponseFormat("json_schema", new JsonSchema(name, true, schema));
        }
    }

    record JsonSchema(String name, boolean strict, Map<String, Object> schema) {}
}
