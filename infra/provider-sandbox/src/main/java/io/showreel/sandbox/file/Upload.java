package io.showreel.sandbox.file;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An uploaded file. */
public record Upload(
        String id,
        String account,
        String name,
        String contentType,
        long size,
        String sha256,
        ObjectNode metadata,
        Instant createdAt,
        Instant expiresAt) {

    /** The attempt token its owner gave it: in the metadata as {@code att} or {@code attempt}, else as the file name. */
    public Optional<String> attempt() {
        return Optional.<JsonNode>ofNullable(metadata.get("att"))
                .or(() -> Optional.ofNullable(metadata.get("attempt")))
                .map(JsonNode::asString)
                .or(() -> Optional.of(stem()).filter(stem -> !stem.isBlank()));
    }

    private String stem() {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
