package io.showreel.gateway.job;

import io.showreel.contracts.scene.SceneRequest.OnSceneFailure;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What holds for a job that does not say otherwise, and how long it may take.
 *
 * @param videoModel renders the clips
 * @param musicModel makes the music
 * @param onSceneFailure whether a film with scenes missing is better than none
 * @param selectionTime how long a selection may take
 * @param cutTime how long an approved cut may take
 * @param grace how long everything that a job waits for must have been within reach before the job is told that its time
 *     is up: longer than the longest back-off of any relay and a restart together
 * @param account of the provider, which pays
 * @param keep how long an earlier film and the clips that are in no later one can be returned to, from when another took
 *     their place; what is served or shown is kept whatever its age
 */
@ConfigurationProperties("showreel.jobs")
public record JobSettings(
        @DefaultValue("google/veo-3.1-fast") String videoModel,
        @DefaultValue("stability-ai/stable-audio-2.5") String musicModel,
        @DefaultValue("partial") OnSceneFailure onSceneFailure,
        @DefaultValue("10m") Duration selectionTime,
        @DefaultValue("24h") Duration cutTime,
        @DefaultValue("60s") Duration grace,
        @DefaultValue("default") String account,
        @DefaultValue("30d") Duration keep) {}
