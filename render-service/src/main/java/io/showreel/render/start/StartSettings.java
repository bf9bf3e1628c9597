package io.showreel.render.start;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The pace of submissions, the same for all replicas.
 *
 * @param delay between two submissions of an account
 * @param maxConcurrency predictions of an account that may be in flight at once
 * @param lookahead takes whose frames are made ready before their turn
 * @param readyFor how long uploaded frames are relied on; the provider keeps them for about an hour
 * @param pollEvery how often the queue is looked at while there is nothing to start
 * @param lease how long the queue of an account stays with a replica that gives no sign of life
 * @param pauseWhenDenied how long nothing is submitted after the provider refused the key or the credit
 * @param pauseWhenUnreachable the same after it could not be reached
 * @param readsPerMinute calls other than submissions, all together
 */
@Validated
@ConfigurationProperties("showreel.start")
public record StartSettings(
        @DefaultValue("1s") Duration delay,
        @DefaultValue("4") @Min(1) int maxConcurrency,
        @DefaultValue("4") @Min(1) int lookahead,
        @DefaultValue("40m") Duration readyFor,
        @DefaultValue("250ms") Duration pollEvery,
        @DefaultValue("15s") Duration lease,
        @DefaultValue("1m") Duration pauseWhenDenied,
        @DefaultValue("5s") Duration pauseWhenUnreachable,
        @DefaultValue("3000") @Min(1) int readsPerMinute) {}
