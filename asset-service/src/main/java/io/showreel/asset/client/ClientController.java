package io.showreel.asset.client;

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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code /clients}. */
@RestController
@RequestMapping("/api/v3/clients")
class ClientController {

    private final Clients clients;
    private final IdempotencyKeys keys;

    ClientController(Clients clients, IdempotencyKeys keys) {
        this.clients = clients;
        this.keys = keys;
    }

    @GetMapping
    Mono<Listed<Client>> list(Paging paging, Caller caller) {
        return clients.list(paging, caller);
    }

    @PostMapping
    Mono<ResponseEntity<One<Client>>> add(@RequestBody ObjectNode body, Caller caller, ServerHttpRequest request) {
        if (caller.clients() != null) {
            throw new ApiException(
                    HttpStatus.FORBIDDEN, "forbidden", "An API key that is bound to clients can't add others.");
        }
        var draft = JsonBody.read(body, ClientDraft.class);
        var added = clients.add(draft).map(client -> new Created<>(client.id().toString(), HttpStatus.CREATED, client));
        return keys.once(
                        IdempotencyKey.of(request, caller.keyName(), body),
                        added,
                        id -> clients.find(UUID.fromString(id), caller))
                .map(created -> ResponseEntity.status(created.status()).body(new One<>(created.body())));
    }

    @GetMapping("/{id}")
    Mono<One<Client>> find(@PathVariable UUID id, Caller caller) {
        return clients.find(id, caller).map(One::new).switchIfEmpty(Mono.error(() -> ApiException.notFound("client")));
    }

    @RequestMapping(
            path = "/{id}",
            method = {RequestMethod.PUT, RequestMethod.PATCH})
    Mono<One<Client>> change(@PathVariable UUID id, @RequestBody ObjectNode body, Caller caller) {
        return clients.change(id, caller, current -> JsonBody.change(current, body, ClientDraft.class))
                .map(One::new)
                .switchIfEmpty(Mono.error(() -> ApiException.notFound("client")));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(@PathVariable UUID id, Caller caller) {
        return clients.remove(id, caller)
                .onErrorMap(
                        DataIntegrityViolationException.class,
                        inUse -> ApiException.conflict("client_in_use", "The client still has campaigns."))
                .filter(Boolean::booleanValue)
                .switchIfEmpty(Mono.error(() -> ApiException.notFound("client")))
                .then();
    }
}
