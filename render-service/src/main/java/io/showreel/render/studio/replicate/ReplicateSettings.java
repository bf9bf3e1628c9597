package io.showreel.render.studio.replicate;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How Replicate is reached.
 *
 * @param baseUrl of its HTTP API; the only address that ever sees the key
 * @param account whose takes are rendered with this key; those of any other account wait. Blank is {@code default}
 * @param apiKey of the account that pays
 * @param publicBaseUrl where Replicate can reach our gateway; webhooks are on when it is set
 * @param connectTimeout for a connection; what fails within it was certainly not sent
 * @param submitTimeout for the answer to a submission; without one it is looked for in Replicate's list
 * @param readTimeout for the answer to any other call
 * @param cancelAfter when Replicate itself stops a prediction that has not ended
 */
@Validated
@ConfigurationProperties("showreel.replicate")
public record ReplicateSettings(
        @DefaultValue("https://api.replicate.com/v1") @NotNull
        URI baseUrl,

        @DefaultValue(NO_NAME) String account,
        @DefaultValue("") Secret apiKey,
        @Nullable URI publicBaseUrl,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("30s") Duration submitTimeout,
        @DefaultValue("20s") Duration readTimeout,
        @DefaultValue("20m") Duration cancelAfter) {

    private static final String NO_NAME = "default";

    /** A variable of the environment that is set to nothing must not become an account without a name. */
    public ReplicateSettings {
        account = account.isBlank() ? NO_NAME : account;
    }

    /** Where Replicate reports on an attempt; null without webhooks. */
    @Nullable
    String webhook(String token) {
        if (publicBaseUrl == null || publicBaseUrl.toString().isBlank()) {
            return null;
        }
        var base = publicBaseUrl.toString().replaceAll("/+$", "");
        return base + "/api/webhooks/replicate?att=" + token;
    }
}
