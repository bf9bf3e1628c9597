package io.showreel.gateway.rest;

import io.showreel.gateway.access.Caller;
import io.showreel.gateway.job.Jobs;
import io.showreel.gateway.job.StoredJob;
import io.showreel.gateway.ledger.Ledger;
import io.showreel.web.ApiException;
import io.showreel.web.WebJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The paid inputs of a job: what the job knows of them, and every prediction that the ledger holds. */
@RestController
class TakeController {

    private final Jobs jobs;
    private final Ledger ledger;
    private final Portrait portrait;

    TakeController(Jobs jobs, Ledger ledger, Portrait portrait) {
        this.jobs = jobs;
        this.ledger = ledger;
        this.portrait = portrait;
    }

    record Takes(ArrayNode data, Meta meta) {}

    record Meta(int total) {}

    @GetMapping(Portrait.API + "/jobs/{jobId}/takes")
    Mono<Takes> takes(@PathVariable long jobId, ServerWebExchange exchange) {
        return jobs.find(jobId)
                .filter(job -> Caller.of(exchange).sees(job.order().clientId()))
                .switchIfEmpty(Mono.error(() -> ApiException.notFound("job")))
                .flatMap(job -> ledger.takes(jobId).map(entries -> joined(job, entries)));
    }

    /** The latest cut's takes in the film's order, then those of earlier cuts; the ledger has the last word on money. */
    private Takes joined(StoredJob job, JsonNode entries) {
        Map<String, ObjectNode> takes = new LinkedHashMap<>();
        for (var take : portrait.takes(job)) {
            takes.put(take.takeId().toString(), WebJson.mapper().valueToTree(take));
        }
        for (var entry : entries) {
            if (entry instanceof ObjectNode row) {
                takes.merge(row.path("take_id").asString(), row.deepCopy(), (ours, theirs) -> {
                    var all = ours.deepCopy();
                    all.setAll(theirs);
                    return all;
                });
            }
        }
        var data = WebJson.mapper().createArrayNode();
        takes.values().forEach(take -> {
            if (!take.has("predictions")) {
                take.putArray("predictions");
            }
            data.add(take);
        });
        return new Takes(data, new Meta(data.size()));
    }
}
