package io.showreel.render.studio.replicate;

import io.showreel.render.studio.Answer;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Remembers the key that webhooks are signed with. One that doesn't fit may have been replaced: it is asked for again,
 * at most once a minute, so that forged webhooks can't use up the account's calls.
 */
@Component
class WebhookSecret {

    private static final Duration BETWEEN = Duration.ofMinutes(1);

    /** While none is known every webhook is turned away, and the provider tries again for a minute only. */
    private static final Duration BEFORE_THE_FIRST = Duration.ofSeconds(5);

    private final Supplier<Answer<String>> provider;
    private final LongSupplier nanoTime;
    private volatile @Nullable String known;
    private @Nullable Long askedAt;

    @Autowired
    WebhookSecret(ReplicateStudio replicate) {
        this(replicate::webhookSecret, System::nanoTime);
    }

    WebhookSecret(Supplier<Answer<String>> provider, LongSupplier nanoTime) {
        this.provider = provider;
        this.nanoTime = nanoTime;
    }

    enum Verdict {
        GENUINE,
        FORGED,
        /** The provider did not tell its key yet: the webhook had better come again. */
        UNDECIDED
    }

    /** Blocks, if the key has to be asked for. */
    Verdict judge(Predicate<String> check) {
        var remembered = known;
        if (remembered != null && check.test(remembered)) {
            return Verdict.GENUINE;
        }
        var current = afterFailure(remembered);
        if (current == null) {
            return Verdict.UNDECIDED;
        }
        return check.test(current) ? Verdict.GENUINE : Verdict.FORGED;
    }

    private synchronized @Nullable String afterFailure(@Nullable String failed) {
        var current = known;
        if (current != null && !current.equals(failed)) {
            return current;
        }
        var between = current == null ? BEFORE_THE_FIRST : BETWEEN;
        var now = nanoTime.getAsLong();
        if (askedAt != null && now - askedAt < between.toNanos()) {
            return current;
        }
        askedAt = now;
        if (provider.get() instanceof Answer.Success<String> success) {
            known = success.value();
        }
        return known;
    }
}
