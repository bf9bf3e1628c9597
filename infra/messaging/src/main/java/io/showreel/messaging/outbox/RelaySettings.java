package io.showreel.messaging.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the relay sends what the outbox holds.
 *
 * @param poll how often the outbox is looked at when nobody in this process woke the relay: messages of instances that
 *     died after their commit
 * @param batch the most messages sent in one transaction
 * @param statementTimeout how long the database may take for one statement
 * @param sendTimeout how long Kafka may take for one message, retries included
 * @param longestBackoff how long to wait at most after failures in a row
 */
@ConfigurationProperties("showreel.messaging.relay")
record RelaySettings(
        @DefaultValue("100ms") Duration poll,
        @DefaultValue("500") int batch,
        @DefaultValue("10s") Duration statementTimeout,
        @DefaultValue("10s") Duration sendTimeout,
        @DefaultValue("2s") Duration longestBackoff) {}
