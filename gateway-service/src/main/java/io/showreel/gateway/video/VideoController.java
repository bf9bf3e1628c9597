package io.showreel.gateway.video;

import io.showreel.gateway.access.Caller;
import io.showreel.gateway.job.Film;
import io.showreel.gateway.job.Job;
import io.showreel.gateway.job.Jobs;
import io.showreel.gateway.job.StoredJob;
import io.showreel.gateway.job.Take;
import io.showreel.objects.ObjectNotFoundException;
import io.showreel.web.ApiException;
import io.showreel.web.Described;
import io.showreel.web.MediaLinks;
import io.showreel.web.RangedContent;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Films, their posters and the clips they are made of. */
@RestController
@RequestMapping(
        path = "/api/v3/videos/{jobId}",
        method = {RequestMethod.GET, RequestMethod.HEAD})
class VideoController {

    private static final Pattern CLIP = Pattern.compile("(?:clip_)?([0-9a-fA-F-]{36})(?:\\.mp4)?");

    private final Jobs jobs;
    private final Shelf shelf;
    private final MediaLinks links;

    VideoController(Jobs jobs, Shelf shelf, MediaLinks links) {
        this.jobs = jobs;
        this.shelf = shelf;
        this.links = links;
    }

    /** What is served: the object, and the version by which links name it. */
    private record Media(URI object, String version, String contentType, String fileName) {}

    @RequestMapping("/combined")
    Mono<Void> film(
            @PathVariable long jobId, @RequestParam(required = false) @Nullable String v, ServerWebExchange exchange) {
        return serve(jobId, v, exchange, job -> film(job)
                .map(film -> new Media(
                        film.object(), revision(film), "video/mp4", job.order().videoName() + ".mp4")));
    }

    @RequestMapping("/thumbnail")
    Mono<Void> thumbnail(
            @PathVariable long jobId, @RequestParam(required = false) @Nullable String v, ServerWebExchange exchange) {
        return serve(jobId, v, exchange, job -> film(job).flatMap(film -> Optional.ofNullable(film.thumbnail())
                .map(object -> new Media(
                        object, revision(film), "image/jpeg", job.order().videoName() + ".jpg"))));
    }

    @RequestMapping("/clips/{fileName}")
    Mono<Void> clip(
            @PathVariable long jobId,
            @PathVariable String fileName,
            @RequestParam(required = false) @Nullable String v,
            ServerWebExchange exchange) {
        var name = CLIP.matcher(fileName);
        return name.matches()
                ? serve(jobId, v, exchange, job -> clip(job, name.group(1), fileName))
                : Mono.error(ApiException.notFound("clip"));
    }

    private static Optional<Film> film(StoredJob job) {
        return job.state() instanceof Job.Completed completed ? Optional.of(completed.film()) : Optional.empty();
    }

    private static String revision(Film film) {
        return Integer.toString(film.revision());
    }

    private static Optional<Media> clip(StoredJob job, String sceneId, String fileName) {
        var cut = Job.cutOf(job.state());
        return cut == null
                ? Optional.empty()
                : cut.takes().stream()
                        .filter(take -> take.sceneId() != null
                                && take.sceneId().toString().equalsIgnoreCase(sceneId))
                        .flatMap(take -> take.end() instanceof Take.End.Rendered rendered
                                ? Stream.of(new Media(
                                        rendered.object(), take.id().toString(), rendered.contentType(), fileName))
                                : Stream.empty())
                        .findFirst();
    }

    private Mono<Void> serve(
            long jobId, @Nullable String v, ServerWebExchange exchange, Function<StoredJob, Optional<Media>> choice) {
        return jobs.find(jobId)
                .filter(job -> Caller.of(exchange).sees(job.order().clientId()))
                .flatMap(job -> Mono.justOrEmpty(choice.apply(job)
                        .filter(media -> v == null || v.equals(media.version()))
                        .map(media -> new Dated(media, job))))
                .switchIfEmpty(Mono.error(() -> ApiException.notFound("video")))
                .flatMap(dated -> shelf.use(dated.media().object(), file -> send(dated, file, exchange))
                        .onErrorMap(ObjectNotFoundException.class, e -> ApiException.notFound("video any more")));
    }

    private Mono<Void> send(Dated dated, Path file, ServerWebExchange exchange) {
        var request = exchange.getRequest();
        return Mono.fromCallable(() -> Files.size(file))
                .flatMap(size -> RangedContent.serve(
                        exchange,
                        new Described(
                                sha256(dated.media().object()),
                                dated.job().updatedAt(),
                                size,
                                dated.media().contentType(),
                                dated.media().fileName(),
                                links.cacheControl(request.getPath().value(), request.getQueryParams())),
                        file))
                // Whoever was sent the head can't be sent another.
                .onErrorMap(
                        NoSuchFileException.class,
                        e -> exchange.getResponse().isCommitted() ? new UncheckedIOException(e) : e);
    }

    private record Dated(Media media, StoredJob job) {}

    private static String sha256(URI object) {
        var name = object.getPath().substring(object.getPath().lastIndexOf('/') + 1);
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
