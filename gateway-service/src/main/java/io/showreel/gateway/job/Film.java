package io.showreel.gateway.job;

import io.showreel.contracts.video.VideoEvent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A published film.
 *
 * @param revision the number by which it is served
 * @param missingScenes scenes that are not in it because their clip was lost
 * @param madeIn the cut that it was made in, if it was published again since; null if that is the revision
 * @param showcase what a player shows before and beside it; null as long as that is not made
 * @param plan how its parts were treated, in its order
 * @param stitching time from the arrival of the last clip to its publication; null if nobody measured it
 */
public record Film(
        int revision,
        URI object,
        @Nullable URI thumbnail,
        String sha256,
        long size,
        Duration length,
        List<UUID> missingScenes,
        @Nullable Integer madeIn,
        VideoEvent.@Nullable Showcase showcase,
        List<VideoEvent.Choice> plan,
        @Nullable Duration stitching) {

    @SuppressWarnings("NullAway") // Films that were kept by earlier versions say nothing of their plan.
    public Film {
        missingScenes = List.copyOf(missingScenes);
        plan = plan == null ? List.of() : List.copyOf(plan);
    }

    static Film of(VideoEvent.FilmPublished event) {
        return new Film(
                event.cut(),
                event.film(),
                event.thumbnail(),
                event.sha256(),
                event.size(),
                event.length(),
                event.missingScenes(),
                null,
                event.showcase(),
                event.plan(),
                event.stitching());
    }

    /** With what goes with it, whose first thumbnail stays. */
    Film shown(VideoEvent.FilmShown event) {
        return event.cut() == cut()
                ? new Film(
                        revision,
                        object,
                        thumbnail == null ? event.thumbnail() : thumbnail,
                        sha256,
                        size,
                        length,
                        missingScenes,
                        madeIn,
                        event.showcase(),
                        plan,
                        stitching)
                : this;
    }

    /** The same film under another number. */
    Film publishedAgain(int newRevision) {
        return new Film(
                newRevision, object, thumbnail, sha256, size, length, missingScenes, cut(), showcase, plan, stitching);
    }

    /** The cut that it was made in. */
    public int cut() {
        return madeIn == null ? revision : madeIn;
    }

    boolean partial() {
        return !missingScenes.isEmpty();
    }
}
