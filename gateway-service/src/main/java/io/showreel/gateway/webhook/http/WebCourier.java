package io.showreel.gateway.webhook.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.showreel.gateway.webhook.Courier;
import io.showreel.gateway.webhook.Delivery;
import io.showreel.gateway.webhook.Reply;
import io.showreel.gateway.webhook.WebhookSettings;
import io.showreel.web.outbound.AddressRefusedException;
import io.showreel.web.outbound.FetchFailedException;
import io.showreel.web.outbound.WebFetch;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Posts deliveries. */
@Component
class WebCourier implements Courier {

    private static final int MOST_DIGITS = 9;

    private final WebFetch web;
    private final WebhookSettings settings;

    WebCourier(WebFetch web, WebhookSettings settings) {
        this.web = web;
        this.settings = settings;
    }

    @Override
    public Reply bring(Delivery delivery, Map<String, String> headers) {
        try {
            var body = delivery.body().getBytes(UTF_8);
            var reply = web.post(delivery.url(), headers, body, "application/json", settings.timeout());
            return new Reply.Answered(reply.status(), seconds(reply.retryAfter()));
        } catch (AddressRefusedException e) {
            return new Reply.Forbidden("The address " + e.getMessage() + ".");
        } catch (FetchFailedException e) {
            return new Reply.Unreached(String.valueOf(e.getMessage()));
        }
    }

    /** The form in seconds alone; a date is rare, and the usual wait does for it. */
    private static @Nullable Duration seconds(@Nullable String retryAfter) {
        return retryAfter != null && retryAfter.matches("\\d{1," + MOST_DIGITS + "}")
                ? Duration.ofSeconds(Long.parseLong(retryAfter))
                : null;
    }
}
