package io.showreel.render.start;

import io.micrometer.core.instrument.MeterRegistry;
import io.showreel.render.account.AccountSettings;
import io.showreel.render.account.Accounts;
import io.showreel.render.account.Hold.Kind;
import io.showreel.render.studio.Answer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Slows an account down, or stops it, as the provider's answers demand, and lets it go again by itself. What is not on
 * record because the database is away is learned again from the next answer.
 */
@Component
class Brake {

    private static final Logger log = LoggerFactory.getLogger(Brake.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final double MOST_JITTER = 0.1;
    private static final Duration LEAST_PAUSE = Duration.ofMillis(100);

    private final Accounts accounts;
    private final AccountSettings settings;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final Map<String, Doubt> doubts = new ConcurrentHashMap<>();

    Brake(Accounts accounts, AccountSettings settings, MeterRegistry meters, InstantSource clock) {
        this.accounts = accounts;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    /** Draws the lesson from the answer to a submission: one that is accepted shows that all is well. */
    void heedSubmission(String account, Answer<?> answer) {
        if (answer instanceof Answer.Ambiguous<?> ambiguous) {
            doubt(account, ambiguous.message());
        } else {
            doubts.remove(account);
            heed(account, answer, EnumSet.allOf(Kind.class), EnumSet.complementOf(EnumSet.of(Kind.UNPAID)));
        }
    }

    /** The same for a call that costs nothing, which the provider may permit although it permits no submission. */
    void heed(String account, Answer<?> answer) {
        heed(account, answer, EnumSet.of(Kind.UNREACHABLE), EnumSet.of(Kind.UNREACHABLE));
    }

    private void heed(String account, Answer<?> answer, Set<Kind> bySuccess, Set<Kind> byRefusal) {
        switch (answer) {
            case Answer.Success<?> success -> release(account, bySuccess);
            case Answer.Rejected<?> rejected -> release(account, byRefusal);
            case Answer.Missing<?> missing -> release(account, byRefusal);
            case Answer.Throttled<?> throttled -> pause(account, throttled);
            case Answer.Denied<?> denied -> hold(account, kindOf(denied), denied.message(), settings.probeEvery());
            case Answer.NotSent<?> notSent -> hold(account, Kind.UNREACHABLE, notSent.message(), settings.retryEvery());
            case Answer.Ambiguous<?> ambiguous -> {}
        }
    }

    /** Each of them is sought in the provider's list; to go on as usual would leave the whole queue in doubt. */
    private void doubt(String account, String message) {
        var now = clock.instant();
        doubts.merge(account, Doubt.first(now), (known, more) -> known.again())
                .pause(settings, now)
                .ifPresent(pause -> hold(account, Kind.FALTERING, message, pause));
    }

    private static Kind kindOf(Answer.Denied<?> denied) {
        return switch (denied.denial()) {
            case CREDIT -> Kind.UNPAID;
            case KEY -> Kind.UNAUTHENTICATED;
        };
    }

    private void pause(String account, Answer.Throttled<?> throttled) {
        var delay = throttled.delay().compareTo(LEAST_PAUSE) > 0 ? throttled.delay() : LEAST_PAUSE;
        var jitter = (long) (delay.toMillis() * ThreadLocalRandom.current().nextDouble(MOST_JITTER));
        log.warn("Account {} pauses for {}: {}", account, delay, throttled.message());
        meters.counter("showreel.account.throttled", "account", account).increment();
        put(account, accounts.pause(account, delay.plusMillis(jitter), throttled.message()));
        var perMinute = throttled.perMinute();
        if (perMinute != null) {
            log.warn("Account {} may submit {} times a minute for now", account, perMinute);
            put(account, accounts.slowDown(account, perMinute, settings.slowFor()));
        }
    }

    private void hold(String account, Kind kind, String message, Duration tryAfter) {
        log.error("Account {} submits nothing for {}, as the provider is {}: {}", account, tryAfter, kind, message);
        meters.counter("showreel.account.refused", "account", account, "kind", kind.name())
                .increment();
        put(account, accounts.hold(account, kind, message, tryAfter));
    }

    private void release(String account, Set<Kind> kinds) {
        put(account, accounts.release(account, kinds).doOnNext(released -> {
            if (released) {
                log.info("Account {} submits again", account);
            }
        }));
    }

    private static void put(String account, Mono<?> change) {
        try {
            change.block(TIMEOUT);
        } catch (RuntimeException e) {
            log.warn("What the provider said of account {} is not on record", account, e);
        }
    }
}
