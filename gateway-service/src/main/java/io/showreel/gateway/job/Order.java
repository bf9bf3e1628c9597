package io.showreel.gateway.job;

import io.showreel.contracts.Configuration;
import io.showreel.contracts.Usd;
import io.showreel.contracts.job.JobCommand;
import io.showreel.contracts.job.JobType;
import io.showreel.contracts.scene.SceneRequest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was ordered. Fixed at creation, but for the spending cap, which a person may set at approval and raise later.
 *
 * @param model renders the clips
 * @param music makes the music; null for a film without
 * @param maxCost caps the job over all its cuts; null for no cap
 * @param account of the provider, which pays
 * @param parameters as the client gave them, for its own use
 * @param webhookUrl where its client is told of it; null for the client's usual address
 * @param pace how long its stages were expected to take; null of jobs from before that was kept
 */
public record Order(
        long jobId,
        JobType type,
        UUID clientId,
        UUID campaignId,
        String videoName,
        int totalAssets,
        JobCommand.Wish wish,
        ClipModel model,
        @Nullable MusicModel music,
        boolean autoApprove,
        SceneRequest.OnSceneFailure onSceneFailure,
        SceneRequest.ErrorStrategy errorStrategy,
        @Nullable Usd maxCost,
        String account,
        Configuration configuration,
        Map<String, Object> parameters,
        @Nullable String webhookUrl,
        @Nullable StageTimes pace) {

    Order capped(@Nullable Usd newMaxCost) {
        return newMaxCost == null
                ? this
                : new Order(
                        jobId,
                        type,
                        clientId,
                        campaignId,
                        videoName,
                        totalAssets,
                        wish,
                        model,
                        music,
                        autoApprove,
                        onSceneFailure,
                        errorStrategy,
                        newMaxCost,
                        account,
                        configuration,
                        parameters,
                        webhookUrl,
                        pace);
    }

    StageTimes stageTimes() {
        return pace == null ? StageTimes.USUAL : pace;
    }

    /** What the film costs if each paid input succeeds at once. */
    public Usd estimate(@Nullable Storyboard storyboard) {
        var clips = Usd.ZERO;
        if (storyboard == null) {
            for (int scene = 0; scene < wish.sceneCount(); scene++) {
                clips = clips.plus(model.price(wish.clipDuration()));
            }
        } else {
            for (var scene : storyboard.scenes()) {
                clips = clips.plus(model.price(scene.duration()));
            }
        }
        return music == null ? clips : clips.plus(music.pricePerTrack());
    }

    public Duration wishedLength() {
        return wish.clipDuration().multipliedBy(wish.sceneCount());
    }
}
