package io.showreel.gateway.ledger;

import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The ledger of paid predictions, which another service keeps. */
public interface Ledger {

    /** All takes of a job with their predictions, costs and reasons, as the ledger tells them. */
    Mono<JsonNode> takes(long jobId);
}
