package io.showreel.gateway.job;

import io.showreel.contracts.scene.SceneRequest;
import io.showreel.contracts.video.VideoEvent;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A published film in another shape; it comes from the same files and costs nothing.
 *
 * @param cut whose film it is of
 * @param request what stitch was asked; null as soon as that has ended
 * @param file null until it is published
 * @param problem why there will be none; null unless it failed
 */
public record Rendition(
        UUID id,
        int cut,
        String aspectRatio,
        SceneRequest.@Nullable RenditionRequested request,
        @Nullable File file,
        @Nullable Problem problem) {

    /** @param sha256 of the bytes */
    public record File(URI object, @Nullable URI thumbnail, String sha256, long size, Duration length) {}

    static Rendition asked(SceneRequest.RenditionRequested request) {
        return new Rendition(
                request.renditionId(), request.cut(), request.finish().aspectRatio(), request, null, null);
    }

    boolean ended() {
        return file != null || problem != null;
    }

    public String status() {
        return file != null ? "published" : problem != null ? "failed" : "rendering";
    }

    /** The first end wins. */
    Rendition evolve(VideoEvent event) {
        if (ended()) {
            return this;
        }
        return switch (event) {
            case VideoEvent.RenditionPublished e ->
                e.renditionId().equals(id)
                        ? new Rendition(
                                id,
                                cut,
                                aspectRatio,
                                null,
                                new File(e.film(), e.thumbnail(), e.sha256(), e.size(), e.length()),
                                null)
                        : this;
            case VideoEvent.RenditionFailed e ->
                e.renditionId().equals(id)
                        ? new Rendition(id, cut, aspectRatio, null, null, Problem.of(e.code(), e.message()))
                        : this;
            default -> this;
        };
    }
}
