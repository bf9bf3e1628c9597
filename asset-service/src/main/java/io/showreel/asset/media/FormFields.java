package io.showreel.asset.media;

import io.showreel.web.ApiException;
import io.showreel.web.WebJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.multipart.PartEvent;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** What a form says beside its files, gathered piece by piece. */
final class FormFields {

    private static final Set<String> JSON_FIELDS = Set.of("tags", "metadata");
    private static final int LARGEST = 256 * 1024;

    private final ObjectNode fields = WebJson.mapper().createObjectNode();
    private final Set<String> seen = new HashSet<>();
    private final ByteArrayOutputStream field = new ByteArrayOutputStream();

    /** To be called before a part's first piece. */
    void begin(String name) {
        if (!seen.add(name)) {
            throw ApiException.invalid(name, "may be given once only");
        }
        field.reset();
    }

    void write(PartEvent piece) {
        var bytes = new byte[piece.content().readableByteCount()];
        piece.content().read(bytes);
        field.writeBytes(bytes);
        if (field.size() > LARGEST) {
            throw new ApiException(
                    HttpStatus.CONTENT_TOO_LARGE, "payload_too_large", "The field " + piece.name() + " is too large.");
        }
        if (piece.isLast()) {
            add(piece.name(), field.toString(StandardCharsets.UTF_8));
        }
    }

    boolean has(String name) {
        return fields.hasNonNull(name);
    }

    /** A field that says nothing of the asset itself; gone afterwards. */
    @Nullable
    String take(String name) {
        var value = fields.remove(name);
        return value == null ? null : value.asString();
    }

    /** All of them as JSON, to be changed at will. */
    ObjectNode all() {
        return fields.deepCopy();
    }

    /** An empty field is how forms say that there is none. */
    private void add(String name, String value) {
        if (value.isBlank()) {
            return;
        }
        if (JSON_FIELDS.contains(name)) {
            try {
                fields.set(name, WebJson.mapper().readTree(value));
            } catch (JacksonException e) {
                throw ApiException.invalid(name, "must be JSON");
            }
        } else {
            fields.put(name, value);
        }
    }
}
