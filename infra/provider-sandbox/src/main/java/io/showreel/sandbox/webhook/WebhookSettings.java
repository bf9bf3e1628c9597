package io.showreel.sandbox.webhook;

import java.time.Duration;
import java.util.List;

/**
 * How webhooks are sent.
 *
 * @param secret  the signing secret, {@code whsec_} and base64
 * @param retries pauses before further tries of a prediction's last event
 */
public record WebhookSettings(String secret, List<Duration> retries) {
    public static final WebhookSettings DEFAULT = new WebhookSettings(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(25)));

    public WebhookSettings withRetries(List<Duration> retries) {
        return new WebhookSettings(secret, retries);
    }
}
