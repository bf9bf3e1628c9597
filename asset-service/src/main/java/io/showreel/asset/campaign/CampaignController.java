package io.showreel.asset.campaign;

import io.showreel.asset.Caller;
import io.showreel.web.ApiException;
import io.showreel.web.Created;
import io.showreel.web.IdempotencyKey;
import io.showreel.web.IdempotencyKeys;
import io.showreel.web.JsonBody;
import io.showreel.web.Listed;
import io.showreel.web.One;
import io.showreel.web.Paging;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code /campaigns}, and those of one client. */
@RestController
@RequestMapping("/api/v3")
class CampaignController {

    private final Campaigns campaigns;
    private final IdempotencyKeys keys;

    CampaignController(Campaigns campaigns, IdempotencyKeys keys) {
        this.campaigns = campaigns;
        this.keys = keys;
    }

    @GetMapping("/campaigns")
    Mono<Listed<Campaign>> list(
            @RequestParam(name = "client_id", required = false) @Nullable UUID client,
            @RequestParam(required = false) @Nullable String status,
            Paging paging,
            Caller caller) {
        return campaigns.list(client, status, paging, caller);
    }

    @PostMapping("/campaigns")
    Mono<ResponseEntity<One<Campaign>>> add(@RequestBody ObjectNode body, Caller caller, ServerHttpRequest request) {
        var draft = visible(JsonBody.read(body, CampaignDraft.class), caller);
        var added = campaigns
                .add(draft)
                .onErrorMap(DataIntegrityViolationException.class, gone -> noSuchClient())
                .map(campaign -> new Created<>(campaign.id().toString(), HttpStatus.CREATED, campaign));
        return keys.once(
                        IdempotencyKey.of(request, caller.keyName(), body),
                        added,
                        id -> campaigns.find(UUID.fromString(id), caller))
                .map(created -> ResponseEntity.status(created.status()).body(new One<>(created.body())));
    }

    @GetMapping("/campaigns/{id}")
    Mono<One<Campaign>> find(@PathVariable UUID id, Caller caller) {
        return campaigns.find(id, caller).map(One::new).switchIfEmpty(Mono.error(CampaignController::notFound));
    }

    @RequestMapping(
            path = "/campaigns/{id}",
            method = {RequestMethod.PUT, RequestMethod.PATCH})
    Mono<One<Campaign>> change(@PathVariable UUID id, @RequestBody ObjectNode body, Caller caller) {
        return campaigns
                .change(id, caller, current -> visible(JsonBody.change(current, body, CampaignDraft.class), caller))
                .onErrorMap(DataIntegrityViolationException.class, gone -> noSuchClient())
                .map(One::new)
                .switchIfEmpty(Mono.error(CampaignController::notFound));
    }

    @DeleteMapping("/campaigns/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(@PathVariable UUID id, Caller caller) {
        return campaigns
                .remove(id, caller)
                .filter(Boolean::booleanValue)
                .switchIfEmpty(campaigns
                        .find(id, caller)
                        .switchIfEmpty(Mono.error(CampaignController::notFound))
                        .flatMap(there ->
                                Mono.error(ApiException.conflict("campaign_in_use", "The campaign still has jobs."))))
                .then();
    }

    @GetMapping("/clients/{client}/campaigns")
    Mono<Listed<Campaign>> ofClient(@PathVariable UUID client, Paging paging, Caller caller) {
        return campaigns
                .knowsClient(client, caller)
                .filter(Boolean::booleanValue)
                .switchIfEmpty(Mono.error(() -> ApiException.notFound("client")))
                .flatMap(known -> campaigns.list(client, null, paging, caller));
    }

    private static CampaignDraft visible(CampaignDraft draft, Caller caller) {
        if (!caller.sees(draft.clientId())) {
            throw noSuchClient();
        }
        return draft;
    }

    private static ApiException noSuchClient() {
        return ApiException.invalid("client_id", "there is no such client");
    }

    private static ApiException notFound() {
        return ApiException.notFound("campaign");
    }
}
