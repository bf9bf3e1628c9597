package io.showreel.gateway.pipeline;

import io.showreel.gateway.access.Caller;
import io.showreel.gateway.catalogue.Catalogue;
import io.showreel.web.ApiException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** The pipeline configuration over HTTP. */
@RestController
@RequestMapping("/api/v3/testing/pipeline/config")
@ConditionalOnBooleanProperty(name = "showreel.testing.enabled", matchIfMissing = true)
class PipelineController {

    private final Pipelines pipelines;
    private final Catalogue catalogue;

    PipelineController(Pipelines pipelines, Catalogue catalogue) {
        this.pipelines = pipelines;
        this.catalogue = catalogue;
    }

    /**
     * @param version 0 for what is built in
     * @param config as it applies to the next job
     */
    record PipelineView(
            boolean success,
            long version,
            @Nullable String changedBy,
            @Nullable Instant updatedAt,
            Steps config) {

        static PipelineView of(Pipeline pipeline) {
            return new PipelineView(
                    true, pipeline.version(), pipeline.changedBy(), pipeline.changedAt(), pipeline.steps());
        }
    }

    @GetMapping
    Mono<PipelineView> show() {
        return pipelines.current().map(PipelineView::of);
    }

    /** Changes only what is given; what a job was made with stays with it. */
    @PostMapping
    Mono<PipelineView> change(@RequestBody ObjectNode given, ServerWebExchange exchange) {
        var caller = Caller.of(exchange);
        if (!caller.clients().isEmpty()) {
            return Mono.error(new ApiException(
                    HttpStatus.FORBIDDEN,
                    "forbidden",
                    "The pipeline serves all clients; a key for some of them can't change it."));
        }
        return pipelines
                .change(caller.name(), steps -> usable(steps.changed(given)))
                .map(PipelineView::of);
    }

    private Steps usable(Steps steps) {
        var model = steps.videoRendering().model();
        var why = model == null ? null : catalogue.unusable(model);
        if (why != null) {
            throw ApiException.invalid("video_rendering.model", why);
        }
        return steps;
    }
}
