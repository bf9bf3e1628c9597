package io.showreel.render.start;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the queue of an account is worked off.
 *
 * @param lookahead takes whose frames are made ready before their turn
 * @param readyFor how long uploaded frames are relied on; the provider keeps them for about an hour
 * @param pollEvery how often the queue is looked at while there is nothing to start
 * @param lease how long the queue of an account stays with a replica that gives no sign of life
 */
@Validated
@ConfigurationProperties("showreel.start")
public record StartSettings(
        @DefaultValue("4") @Min(1) int lookahead,
        @DefaultValue("40m") Duration readyFor,
        @DefaultValue("250ms") Duration pollEvery,
        @DefaultValue("15s") Duration lease) {}
