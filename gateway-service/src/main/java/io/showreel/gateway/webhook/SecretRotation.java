package io.showreel.gateway.webhook;

import io.showreel.gateway.job.Ids;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Gives a client a new secret. */
@Component
public class SecretRotation {

    private final Secrets secrets;
    private final WebhookSettings settings;
    private final Clock clock;

    SecretRotation(Secrets secrets, WebhookSettings settings, Clock clock) {
        this.secrets = secrets;
        this.settings = settings;
        this.clock = clock;
    }

    /** Joins the caller's transaction. Empty if too many old secrets sign along already. */
    public Mono<Secret> rotate(UUID clientId) {
        return Mono.defer(() -> {
            var fresh = Secret.random(Ids.next(), clientId);
            return secrets.replace(fresh, clock.instant().plus(settings.overlap()))
                    .filter(replaced -> replaced)
                    .map(replaced -> fresh);
        });
    }
}
