package io.showreel.gateway.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.showreel.gateway.job.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Signs deliveries with every secret that is valid, so that a receiver may change over at any time. */
@Component
class Signatures {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Secrets secrets;

    Signatures(Secrets secrets) {
        this.secrets = secrets;
    }

    /** The headers of a try at a time. A client that never asked for a secret has one made, which it can replace. */
    Map<String, String> sign(Delivery delivery, Instant now) {
        var signatures = valid(delivery.clientId()).stream()
                .map(secret -> signature(secret, delivery, now))
                .collect(Collectors.joining(" "));
        return Map.of(
                Webhook.UNBRANDED_MSG_ID_KEY,
                delivery.id().toString(),
                Webhook.UNBRANDED_MSG_TIMESTAMP_KEY,
                Long.toString(now.getEpochSecond()),
                Webhook.UNBRANDED_MSG_SIGNATURE_KEY,
                signatures);
    }

    private List<Secret> valid(UUID clientId) {
        var found = await(secrets.valid(clientId));
        if (found != null && !found.isEmpty()) {
            return found;
        }
        await(secrets.addFirst(Secret.random(Ids.next(), clientId)));
        var made = await(secrets.valid(clientId));
        return made == null ? List.of() : made;
    }

    private static <T> @Nullable T await(Mono<T> statement) {
        return statement.block(PATIENCE);
    }

    private static String signature(Secret secret, Delivery delivery, Instant now) {
        try {
            return new Webhook(secret.value()).sign(delivery.id().toString(), now.getEpochSecond(), delivery.body());
        } catch (WebhookSigningException e) {
            throw new IllegalStateException("Every JDK has HMAC-SHA256", e);
        }
    }
}
