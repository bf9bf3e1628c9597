package io.showreel.messaging.lease;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How leased work is found, and found again.
 *
 * @param poll how often a queue is looked at while nothing in it is due; earlier if its next row is
 * @param firstRetry the wait before work that failed is tried again; it doubles
 * @param longestRetry the wait between tries at most
 * @param statementTimeout how long the database may take for one statement
 * @param grace how long work may go on when the application stops, before it is interrupted
 */
@ConfigurationProperties("showreel.messaging.lease")
record LeaseSettings(
        @DefaultValue("1s") Duration poll,
        @DefaultValue("1s") Duration firstRetry,
        @DefaultValue("30s") Duration longestRetry,
        @DefaultValue("5s") Duration statementTimeout,
        @DefaultValue("3s") Duration grace) {}
