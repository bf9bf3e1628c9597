package io.showreel.asset.job;

import io.showreel.asset.Caller;
import io.showreel.web.ApiException;
import io.showreel.web.One;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /clients/{id}/stats} and {@code /campaigns/{id}/stats}. */
@RestController
@RequestMapping("/api/v3")
class StatsController {

    private final Stats stats;

    StatsController(Stats stats) {
        this.stats = stats;
    }

    @GetMapping("/clients/{client}/stats")
    Mono<One<Stats.OfClient>> ofClient(@PathVariable UUID client, Caller caller) {
        return stats.ofClient(client, caller)
                .map(One::new)
                .switchIfEmpty(Mono.error(() -> ApiException.notFound("client")));
    }

    @GetMapping("/campaigns/{campaign}/stats")
    Mono<One<Stats.OfCampaign>> ofCampaign(@PathVariable UUID campaign, Caller caller) {
        return stats.ofCampaign(campaign, caller)
                .map(One::new)
                .switchIfEmpty(Mono.error(() -> ApiException.notFound("campaign")));
    }
}
