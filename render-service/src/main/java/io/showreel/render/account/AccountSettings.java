package io.showreel.render.account;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What an account may do, all replicas together.
 *
 * @param delay between two submissions
 * @param maxConcurrency predictions that may be in flight at once
 * @param readsPerMinute calls other than submissions
 * @param probeEvery how long nothing is submitted after the provider refused the key or the credit; then one submission
 *     finds out whether that has changed
 * @param retryEvery the same after the provider could not be reached
 * @param doubtsInARow submissions without a proper answer after which nothing is submitted for a while: as long as
 *     {@code probeEvery} at first, and ever longer while those that find out get none either
 * @param longestDoubt the longest of these whiles
 * @param slowFor how long a rate that the provider told us is kept to; then the usual one is tried again, which costs
 *     one refusal at most
 */
@Validated
@ConfigurationProperties("showreel.account")
public record AccountSettings(
        @DefaultValue("1s") Duration delay,
        @DefaultValue("4") @Min(1) int maxConcurrency,
        @DefaultValue("3000") @Min(1) int readsPerMinute,
        @DefaultValue("1m") Duration probeEvery,
        @DefaultValue("5s") Duration retryEvery,
        @DefaultValue("3") @Min(1) int doubtsInARow,
        @DefaultValue("10m") Duration longestDoubt,
        @DefaultValue("5m") Duration slowFor) {}
