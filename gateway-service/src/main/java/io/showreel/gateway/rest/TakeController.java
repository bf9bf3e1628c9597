package io.showreel.gateway.rest;

import io.showreel.gateway.access.Caller;
import io.showreel.gateway.job.Jobs;
import io.showreel.gateway.job.StoredJob;
import io.showreel.gateway.ledger.Ledger;
import io.showreel.gateway.rest.Views.TakeCount;
import io.showreel.gateway.rest.Views.TakeList;
import io.showreel.gateway.rest.Views.TakeView;
import io.showreel.web.ApiException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

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

    @GetMapping(Portrait.API + "/jobs/{jobId}/takes")
    Mono<TakeList> takes(@PathVariable long jobId, ServerWebExchange exchange) {
        return jobs.find(jobId)
                .filter(job -> Caller.of(exchange).sees(job.order().clientId()))
                .switchIfEmpty(Mono.error(() -> ApiException.notFound("job")))
                .flatMap(job -> ledger.takes(jobId).map(entries -> joined(job, entries)));
    }

    /** The latest cut's takes in the film's order, then those of earlier cuts. */
    private TakeList joined(StoredJob job, List<Ledger.Entry> entries) {
        Map<UUID, TakeView> takes = new LinkedHashMap<>();
        portrait.takes(job).forEach(take -> takes.put(take.takeId(), take));
        for (var entry : entries) {
            var known = takes.get(entry.takeId());
            takes.put(entry.takeId(), known == null ? TakeView.of(entry) : known.with(entry));
        }
        return new TakeList(List.copyOf(takes.values()), new TakeCount(takes.size()));
    }
}
