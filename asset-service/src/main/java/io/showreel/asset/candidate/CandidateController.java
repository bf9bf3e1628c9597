package io.showreel.asset.candidate;

import io.showreel.asset.Caller;
import io.showreel.asset.candidate.Candidates.Photo;
import io.showreel.web.ApiException;
import io.showreel.web.JsonBody;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code /internal}: for the gateway, never routed from outside. */
@RestController
@RequestMapping("/internal")
class CandidateController {

    private final CandidateFinder candidates;

    CandidateController(CandidateFinder candidates) {
        this.candidates = candidates;
    }

    @GetMapping("/campaigns/{id}/candidates")
    Mono<Candidates> ofCampaign(@PathVariable UUID id, Caller caller) {
        return candidates.ofCampaign(id, caller).switchIfEmpty(Mono.error(() -> ApiException.notFound("campaign")));
    }

    @PostMapping("/assets/lookup")
    Mono<Found> lookup(@RequestBody ObjectNode body, Caller caller) {
        var asked = JsonBody.read(body, Asked.class);
        return candidates.byId(asked.ids(), caller).map(Found::new);
    }

    record Asked(
            @NotNull(message = "is required") @Size(max = 1000)
            List<@NotNull UUID> ids) {}

    record Found(List<Photo> photos) {}
}
