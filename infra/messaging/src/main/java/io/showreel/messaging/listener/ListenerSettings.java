package io.showreel.messaging.listener;

import io.showreel.messaging.Backoff;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the subscribed topics are read.
 *
 * @param concurrency consumers per topic in this process; more of them make smaller batches, each with its own commit
 * @param batch the most records that share a transaction
 * @param transactionTimeout how long such a transaction may take
 * @param tries how often a record is tried alone before it goes to the dead letters
 * @param firstRetry the wait before the second try of a poll whose infrastructure failed; it doubles
 * @param longestRetry the wait between tries at most; there is no last one
 * @param brokerTimeout how long a dead letter, or a question to the broker, may take
 */
@ConfigurationProperties("showreel.messaging.listener")
record ListenerSettings(
        @DefaultValue("1") int concurrency,
        @DefaultValue("250") int batch,
        @DefaultValue("30s") Duration transactionTimeout,
        @DefaultValue("3") int tries,
        @DefaultValue("100ms") Duration firstRetry,
        @DefaultValue("5s") Duration longestRetry,
        @DefaultValue("3s") Duration brokerTimeout) {

    Backoff backoff() {
        return new Backoff(firstRetry, longestRetry);
    }
}
