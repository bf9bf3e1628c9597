package io.showreel.gateway.pipeline;

import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/** The versions of the pipeline configuration. */
public interface Pipelines {

    /** The one that applies to the next job, whichever replica takes it. */
    Mono<Pipeline> current();

    /** Makes a new version of the current one; changes at the same time follow each other. */
    Mono<Pipeline> change(String changedBy, UnaryOperator<Steps> change);
}
