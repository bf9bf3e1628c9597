package io.showreel.gateway.video;

import io.showreel.gateway.access.Caller;
import io.showreel.objects.ObjectNotFoundException;
import io.showreel.web.ApiException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Films, the clips they are made of, and what shows them before they play. */
@RestController
@RequestMapping(
        path = "/api/v3/videos/{jobId}",
        method = {RequestMethod.GET, RequestMethod.HEAD})
class VideoController {

    private static final Pattern CLIP = Pattern.compile(
            "(?:clip_)?(\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12})(?:\\.mp4)?");

    private final Programmes programmes;
    private final Projector projector;

    VideoController(Programmes programmes, Projector projector) {
        this.programmes = programmes;
        this.projector = projector;
    }

    @RequestMapping("/combined")
    Mono<Void> film(
            @PathVariable long jobId, @RequestParam(required = false) @Nullable String v, ServerWebExchange exchange) {
        return show(jobId, Programme.FILM, v, exchange);
    }

    @RequestMapping("/thumbnail")
    Mono<Void> thumbnail(
            @PathVariable long jobId, @RequestParam(required = false) @Nullable String v, ServerWebExchange exchange) {
        return show(jobId, Programme.THUMBNAIL, v, exchange);
    }

    /** The film's best frame. */
    @RequestMapping("/poster")
    Mono<Void> poster(
            @PathVariable long jobId, @RequestParam(required = false) @Nullable String v, ServerWebExchange exchange) {
        return show(jobId, Programme.POSTER, v, exchange);
    }

    /** Small frames of the film at even distances. */
    @RequestMapping("/sprite.jpg")
    Mono<Void> sprite(
            @PathVariable long jobId, @RequestParam(required = false) @Nullable String v, ServerWebExchange exchange) {
        return show(jobId, Programme.SPRITE, v, exchange);
    }

    /** WebVTT that says which part of the sprite belongs to which time. */
    @RequestMapping("/track.vtt")
    Mono<Void> track(
            @PathVariable long jobId, @RequestParam(required = false) @Nullable String v, ServerWebExchange exchange) {
        return find(jobId, Programme.TRACK, v, exchange)
                .flatMap(track -> projector.showTrack(track, "/api/v3/videos/" + jobId + "/sprite.jpg", exchange))
                .onErrorMap(ObjectNotFoundException.class, e -> ApiException.notFound("video any more"));
    }

    /** @param fileName {@code clip_<scene id>.mp4}, {@code <scene id>.mp4} or the bare scene id */
    @RequestMapping("/clips/{fileName}")
    Mono<Void> clip(
            @PathVariable long jobId,
            @PathVariable String fileName,
            @RequestParam(required = false) @Nullable String v,
            ServerWebExchange exchange) {
        return show(jobId, Programme.clip(scene(fileName)), v, exchange);
    }

    /** @param fileName as for the clip */
    @RequestMapping("/clips/{fileName}/thumbnail")
    Mono<Void> clipThumbnail(
            @PathVariable long jobId,
            @PathVariable String fileName,
            @RequestParam(required = false) @Nullable String v,
            ServerWebExchange exchange) {
        return show(jobId, Programme.clipThumbnail(scene(fileName)), v, exchange);
    }

    @RequestMapping("/renditions/{renditionId}")
    Mono<Void> rendition(
            @PathVariable long jobId,
            @PathVariable UUID renditionId,
            @RequestParam(required = false) @Nullable String v,
            ServerWebExchange exchange) {
        return show(jobId, Programme.rendition(renditionId), v, exchange);
    }

    private static UUID scene(String fileName) {
        var name = CLIP.matcher(fileName);
        if (!name.matches()) {
            throw ApiException.notFound("clip");
        }
        return UUID.fromString(name.group(1));
    }

    private Mono<Void> show(long jobId, String name, @Nullable String version, ServerWebExchange exchange) {
        return find(jobId, name, version, exchange)
                .flatMap(media -> projector.show(media, exchange))
                .onErrorMap(ObjectNotFoundException.class, e -> ApiException.notFound("video any more"));
    }

    private Mono<Media> find(long jobId, String name, @Nullable String version, ServerWebExchange exchange) {
        return programmes
                .of(jobId)
                .filter(programme -> Caller.of(exchange).sees(programme.clientId()))
                .flatMap(programme -> Mono.justOrEmpty(programme.find(name, version)))
                .switchIfEmpty(Mono.error(() -> ApiException.notFound("video")));
    }
}
