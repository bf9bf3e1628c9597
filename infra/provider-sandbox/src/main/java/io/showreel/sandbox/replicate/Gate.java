package io.showreel.sandbox.replicate;

import io.showreel.sandbox.Keys;
import io.showreel.sandbox.http.Handler;
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
    private final boolean lowCredit;
    private final Window creates;
    private final Window others;

    Gate(Keys keys, Limits limits) {
        this.keys = keys;
        this.lowCredit = limits.lowCredit();
        this.creates =
                lowCredit ? new Window(1, Duration.ofSeconds(10)) : new Window(limits.creates(), Duration.ofMinutes(1));
        this.others = new Window(limits.requests(), Duration.ofMinutes(1));
    }

    /** A handler that knows whose request it answers. */
    @FunctionalInterface
    interface AccountHandler {
        Reply handle(Request request, String account) throws IOException, InterruptedException;
    }

    Handler create(AccountHandler handler) {
        return limited(creates, lowCredit ? LOW_CREDIT : "", handler);
    }

    Handler other(AccountHandler handler) {
        return limited(others, "", handler);
    }

    void reset() {
        creates.clear();
        others.clear();
    }

    private Handler limited(Window window, String reason, AccountHandler handler) {
        return request -> {
            var account = authenticated(request);
            var pause = window.admit(account, System.nanoTime());
            if (pause.isPositive()) {
                throw Problems.throttled(
                        reason, Math.max(1, pause.plusMillis(999).toSeconds()));
            }
            return handler.handle(request, account);
        };
    }

    private String authenticated(Request request) {
        var token = Keys.token(request, "Bearer").or(() -> Keys.token(request, "Token"));
        var account = keys.account(token.orElseThrow(Problems::unauthenticated)).orElseThrow(Problems::wrongToken);
        request.belongsTo(account);
        return account;
    }
}
