package io.showreel.gateway.neighbours;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the other services are.
 *
 * @param assetUrl asset-service
 * @param renderUrl render-service
 * @param selectionUrl selection-service, which is asked by the testing tools alone
 * @param patience how long an answer of theirs may take
 */
@ConfigurationProperties("showreel")
public record Neighbours(
        @DefaultValue("http://localhost:8081") URI assetUrl,
        @DefaultValue("http://localhost:8083") URI renderUrl,
        @DefaultValue("http://localhost:8082") URI selectionUrl,
        @DefaultValue("5s") Duration patience) {}
