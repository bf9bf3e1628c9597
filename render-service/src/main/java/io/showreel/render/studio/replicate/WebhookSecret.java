package io.showreel.render.studio.replicate;

import io.showreel.render.studio.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Remembers the key that webhooks are signed with, and asks for it again at most once a minute. */
@Component
class WebhookSecret {

    private static final long BETWEEN_NANOS = Duration.ofMinutes(1).toNanos();

    private final ReplicateStudio replicate;
    private @Nullable String known;
    private @Nullable Long askedAt;

    WebhookSecret(ReplicateStudio replicate) {
        this.replicate = replicate;
    }

    /** Whether the secret passes; if not, whether the one that may have followed it does. Blocks. */
    boolean satisfies(Predicate<String> check) {
        var remembered = current();
        if (remembered.isPresent() && check.test(remembered.get())) {
            return true;
        }
        return refreshed(remembered.orElse(null)).filter(check).isPresent();
    }

    private synchronized Optional<String> current() {
        return Optional.ofNullable(known);
    }

    private synchronized Optional<String> refreshed(@Nullable String failed) {
        if (known != null && !known.equals(failed)) {
            return Optional.of(known);
        }
        var now = System.nanoTime();
        if (askedAt != null && now - askedAt < BETWEEN_NANOS) {
            return Optional.empty();
        }
        askedAt = now;
        if (replicate.webhookSecret() instanceof Answer.Success<String> success) {
            known = success.value();
            return Optional.of(success.value());
        }
        return Optional.empty();
    }
}
