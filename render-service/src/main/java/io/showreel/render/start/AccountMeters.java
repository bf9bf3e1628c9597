package io.showreel.render.start;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.showreel.render.account.Account;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/**
 * How an account is, from the replica that works off its queue; the others say nothing is wrong, so that alerts take the
 * highest.
 */
@Component
class AccountMeters {

    private final MeterRegistry registry;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    private record Seen(boolean isHeld, boolean isSlow, int inFlight) {
        static final Seen NOTHING = new Seen(false, false, 0);
    }

    AccountMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void show(Account account, Instant now) {
        var slow = account.slow();
        var isNew = seen.put(
                        account.name(),
                        new Seen(
                                account.hold() != null, slow != null && now.isBefore(slow.until()), account.inFlight()))
                == null;
        if (isNew) {
            gauge(
                    "showreel.account.held",
                    "1 while the provider refuses the account",
                    account,
                    s -> s.isHeld() ? 1 : 0);
            gauge(
                    "showreel.account.slow",
                    "1 while it takes less than the usual rate",
                    account,
                    s -> s.isSlow() ? 1 : 0);
            gauge("showreel.account.in.flight", "predictions that take a slot", account, Seen::inFlight);
        }
    }

    /** Somebody else works off its queue. */
    void forget(String account) {
        seen.computeIfPresent(account, (name, last) -> Seen.NOTHING);
    }

    private void gauge(String name, String description, Account account, ToDoubleFunction<Seen> value) {
        Gauge.builder(name, () -> value.applyAsDouble(seen.getOrDefault(account.name(), Seen.NOTHING)))
                .description(description)
                .tag("account", account.name())
                .register(registry);
    }
}
