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
            return new Turn("system", List.of(new Part("text", text)));
        }

        static Turn user(String... texts) {
            return new Turn(
                    "user",
                    List.of(texts).stream().map(text -> new Part("text", text)).toList());
        }

        static Turn assistant(String text) {
            return new Turn("assistant", List.of(new Part("text", text)));
        }
    }

    record Part(String type, String text) {}

    record ResponseFormat(String type, JsonSchema jsonSchema) {

        static ResponseFormat strict(String name, Map<String, Object> schema) {
            return new ResponseFormat("json_schema", new JsonSchema(name, true, schema));
        }
    }

    record JsonSchema(String name, boolean strict, Map<String, Object> schema) {}
}
