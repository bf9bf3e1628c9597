package io.showreel.gateway.webhook.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.showreel.gateway.webhook.Courier;
import io.showreel.gateway.webhook.Delivery;
import io.showreel.gateway.webhook.Reply;
import io.showreel.gateway.webhook.WebhookSettings;
import io.showreel.web.outbound.AddressRefusedException;
import io.showreel.web.outbound.FetchFailedException;
import io.showreel.web.outbound.WebFetch;
import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Posts deliveries. */
@Component
class WebCourier implements Courier {

    private final WebFetch web;
    private final WebhookSettings settings;
    private final Clock clock;

    WebCourier(WebFetch web, WebhookSettings settings, Clock clock) {
        this.web = web;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Reply bring(Delivery delivery, Map<String, String> headers) {
        try {
            var body = delivery.body().getBytes(UTF_8);
            var reply = web.post(delivery.url(), headers, body, "application/json", settings.timeout());
            return new Reply.Answered(reply.status(), RetryAfter.from(reply.retryAfter(), clock.instant()));
        } catch (AddressRefusedException e) {
            return new Reply.Forbidden("The address " + e.getMessage() + ".");
        } catch (FetchFailedException e) {
            return new Reply.Unreached(String.valueOf(e.getMessage()));
        }
    }
}
