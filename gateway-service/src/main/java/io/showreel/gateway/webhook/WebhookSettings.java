package io.showreel.gateway.webhook;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How receivers are told.
 *
 * @param timeout for one try, from the connection to the answer's head
 * @param firstRetry the wait after a first failure; it doubles with each further one
 * @param longestRetry the wait between two tries at most, also when the receiver asks for a longer one
 * @param keepTrying how long a delivery is tried after it was asked for
 * @param receivers told at once by this replica
 * @param lanes deliveries on their way to one receiver at once, over all replicas
 * @param overlap how long an old secret signs along after it was replaced
 * @param keep how long a delivery that has ended stays listed
 */
@ConfigurationProperties("showreel.webhooks")
public record WebhookSettings(
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("5s") Duration firstRetry,
        @DefaultValue("20m") Duration longestRetry,
        @DefaultValue("2h") Duration keepTrying,
        @DefaultValue("64") int receivers,
        @DefaultValue("4") int lanes,
        @DefaultValue("24h") Duration overlap,
        @DefaultValue("30d") Duration keep) {}
