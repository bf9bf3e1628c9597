package io.showreel.sandbox.replicate;

import io.showreel.sandbox.Json;
import io.showreel.sandbox.fault.RefuseCall;
import io.showreel.sandbox.http.Refusal;
import io.showreel.sandbox.http.Reply;
import io.showreel.sandbox.http.Routes;
import io.showreel.sandbox.model.Catalog;
import java.util.function.Supplier;

/** What is only read: the account, its webhook secret, the models. */
final class AccountApi {
    private final Catalog catalog;
    private final Supplier<String> webhookSecret;

    AccountApi(Catalog catalog, Supplier<String> webhookSecret) {
        this.catalog = catalog;
        this.webhookSecret = webhookSecret;
    }

    void addTo(Routes routes, Gate gate) {
        routes.on("GET", "/v1/account", gate.other(RefuseCall.Call.OTHER, (request, account) -> account(account)))
                .on(
                        "GET",
                        "/v1/webhooks/default/secret",
                        gate.other(RefuseCall.Call.OTHER, (request, account) -> secret()))
                .on(
                        "GET",
                        "/v1/models/{owner}/{name}",
                        gate.other(
                                RefuseCall.Call.OTHER,
                                (request, account) ->
                                        model(request.variable("owner") + "/" + request.variable("name"))));
    }

    private static Reply account(String account) {
        return Reply.json(
                200,
                Json.object()
                        .put("type", "user")
                        .put("username", account)
                        .put("name", account)
                        .put("github_url", "https://github.com/" + account));
    }

    private Reply secret() {
        return Reply.json(200, Json.object().put("key", webhookSecret.get()));
    }

    private Reply model(String name) {
        return catalog.named(name)
                .map(model -> Reply.json(200, Views.model(model)))
                .orElseThrow(() -> new Refusal(Problems.notFound()));
    }
}
