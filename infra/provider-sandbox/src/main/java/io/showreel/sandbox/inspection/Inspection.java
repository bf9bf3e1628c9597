package io.showreel.sandbox.inspection;

import io.showreel.sandbox.Json;
import io.showreel.sandbox.fault.Faults;
import io.showreel.sandbox.http.Reply;
import io.showreel.sandbox.http.Request;
import io.showreel.sandbox.http.Routes;
import io.showreel.sandbox.prediction.Predictions;
import java.io.IOException;
import java.util.List;
import tools.jackson.core.JacksonException;

/** The sandbox's own routes. */
public final class Inspection {
    static final String PREFIX = "/_sandbox";
    private static final int ORDERS_LIMIT = 1 << 20;

    private final Predictions predictions;
    private final Requests requests;
    private final Faults faults;
    private final Runnable reset;

    public Inspection(Predictions predictions, Requests requests, Faults faults, Runnable reset) {
        this.predictions = predictions;
        this.requests = requests;
        this.faults = faults;
        this.reset = reset;
    }

    public void addTo(Routes routes) {
        routes.on(
                        "GET",
                        PREFIX + "/health",
                        request -> Reply.json(200, Json.object().put("status", "UP")))
                .on("GET", PREFIX + "/ledger", request -> Reply.json(200, Json.MAPPER.valueToTree(ledger())))
                .on("GET", PREFIX + "/requests", request -> Reply.json(200, Json.MAPPER.valueToTree(requests.all())))
                .on("POST", PREFIX + "/reset", request -> reset())
                .on("POST", PREFIX + "/faults", this::plan)
                .on("GET", PREFIX + "/faults", request -> Reply.json(200, Json.MAPPER.valueToTree(faults.orders())))
                .on("DELETE", PREFIX + "/faults", request -> revokeAll())
                .on("DELETE", PREFIX + "/faults/{id}", this::revoke);
    }

    /** All predictions, oldest first. */
    public List<LedgerRow> ledger() {
        return predictions.oldestFirst().map(LedgerRow::of).toList();
    }

    private Reply reset() {
        reset.run();
        requests.clear();
        faults.clear();
        return Reply.empty(204);
    }

    private Reply revokeAll() {
        faults.revokeAll();
        return Reply.empty(204);
    }

    private Reply revoke(Request request) {
        return Reply.empty(faults.revoke(request.variable("id")) ? 204 : 404);
    }

    private Reply plan(Request request) throws IOException {
        try {
            faults.plan(Json.MAPPER.readTree(request.body().readNBytes(ORDERS_LIMIT)));
            return Reply.empty(204);
        } catch (JacksonException e) {
            return Reply.problem(422, Json.object().put("detail", e.getOriginalMessage()));
        }
    }
}
