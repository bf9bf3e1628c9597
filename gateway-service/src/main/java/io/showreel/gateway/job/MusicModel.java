package io.showreel.gateway.job;

import io.showreel.contracts.Usd;
import java.time.Duration;

/** What a job knows of the model that makes its music, fixed at creation. */
public record MusicModel(String name, Duration longest, Usd pricePerTrack) {}
