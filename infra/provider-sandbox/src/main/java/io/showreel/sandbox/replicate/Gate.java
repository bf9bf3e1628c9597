package io.showreel.sandbox.replicate;

import io.showreel.sandbox.Keys;
import io.showreel.sandbox.fault.Faults;
import io.showreel.sandbox.fault.LowCredit;
import io.showreel.sandbox.fault.RefuseCall;
import io.showreel.sandbox.fault.Target;
import io.showreel.sandbox.http.Handler;
import io.showreel.sandbox.http.Refusal;
import io.showreel.sandbox.http.Reply;
import io.showreel.sandbox.http.Request;
import java.io.IOException;
import java.time.Duration;

/** Lets requests in that carry a key and keep the limits. */
final class Gate {
    private static final String LOW_CREDIT =
            "Your rate limit for creating predictions is reduced to 6 requests per minute"
                    + " with a burst of 1 requests while you have less than $5.0 in credit. ";

    private final Keys keys;
    private final Faults faults;
    private final boolean lowCredit;
    private final Window creates;
    private final Window fewCreates = new Window(1, Duration.ofSeconds(10));
    private final Window others;

    Gate(Keys keys, Limits limits, Faults faults) {
        this.keys = keys;
        this.faults = faults;
        this.lowCredit = limits.lowCredit();
        this.creates = new Window(limits.creates(), Duration.ofMinutes(1));
        this.others = new Window(limits.requests(), Duration.ofMinutes(1));
    }

    /** A handler that knows whose request it answers. */
    @FunctionalInterface
    interface AccountHandler {
        Reply handle(Request request, String account) throws IOException, InterruptedException;
    }

    /** A create; whether a fault refuses it is asked later, when its model is known. */
    Handler create(AccountHandler handler) {
        return request -> {
            var account = authenticated(request);
            boolean poor = lowCredit
                    || faults.strike(LowCredit.class, new Target(account, null, request.path()))
                            .isPresent();
            admit(poor ? fewCreates : creates, account, poor ? LOW_CREDIT : "");
            return handler.handle(request, account);
        };
    }

    Handler other(RefuseCall.Call call, AccountHandler handler) {
        return request -> {
            var account = authenticated(request);
            admit(others, account, "");
            refuse(request, call, new Target(account, null, request.path()));
            return handler.handle(request, account);
        };
    }

    /** Refuses the call if a fault wants it. */
    void refuse(Request request, RefuseCall.Call call, Target target) {
        faults.strike(RefuseCall.class, target, fault -> fault.strikes(call)).ifPresent(fault -> {
            request.struckBy("refuse_call");
            throw new Refusal(Refusals.of(fault));
        });
    }

    void reset() {
        creates.clear();
        fewCreates.clear();
        others.clear();
    }

    private static void admit(Window window, String account, String reason) {
        var pause = window.admit(account, System.nanoTime());
        if (pause.isPositive()) {
            throw Problems.throttled(reason, Math.max(1, pause.plusMillis(999).toSeconds()));
        }
    }

    private String authenticated(Request request) {
        var token = Keys.token(request, "Bearer").or(() -> Keys.token(request, "Token"));
        var account = keys.account(token.orElseThrow(Problems::unauthenticated)).orElseThrow(Problems::wrongToken);
        request.belongsTo(account);
        return account;
    }
}
