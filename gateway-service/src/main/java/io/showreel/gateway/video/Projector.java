package io.showreel.gateway.video;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.showreel.objects.ObjectStore;
import io.showreel.web.Described;
import io.showreel.web.MediaLinks;
import io.showreel.web.RangedContent;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Answers a request with media: from the shelf, or from the object store, or by saying where in it they are. */
@Component
class Projector {

    /** What stitch-service calls the sprite in its tracks, up to the part of it. */
    private static final String SPRITE = "sprite.jpg#";

    private final Shelf shelf;
    private final ObjectStore store;
    private final MediaLinks links;
    private final FilmSettings settings;

    Projector(Shelf shelf, ObjectStore store, MediaLinks links, FilmSettings settings) {
        this.shelf = shelf;
        this.store = store;
        this.links = links;
        this.settings = settings;
    }

    Mono<Void> show(Media media, ServerWebExchange exchange) {
        return switch (settings.delivery()) {
            case STREAM -> stream(media, exchange);
            // An address of the object store is signed for GET alone, and a HEAD has no bytes to spare us.
            case REDIRECT ->
                exchange.getRequest().getMethod() == HttpMethod.GET
                        ? redirect(media, exchange)
                        : describe(media, exchange);
        };
    }

    private Mono<Void> describe(Media media, ServerWebExchange exchange) {
        return Mono.fromCallable(() -> store.stat(media.object()))
                .subscribeOn(Schedulers.boundedElastic())
                .map(stored -> new Shelf.Elsewhere(stored.size(), stored.lastModified()))
                .flatMap(found ->
                        RangedContent.serve(exchange, describe(media, found, exchange), store, media.object()));
    }

    /**
     * Shows a WebVTT track with links to the sprite that it speaks of: who may read the one may see the other, also where
     * links are signed.
     *
     * @param sprite its path
     */
    Mono<Void> showTrack(Media track, String sprite, ServerWebExchange exchange) {
        return shelf.use(track.object(), found -> text(track, found).flatMap(text -> {
            var bytes = text.replace(SPRITE, links.link(sprite, track.version()) + "#")
                    .getBytes(UTF_8);
            return RangedContent.serve(
                    exchange,
                    new Described(
                            links.sign() ? track.etag() + "-" + links.expiry() : track.etag(),
                            found.lastModified(),
                            bytes.length,
                            track.contentType(),
                            track.fileName(),
                            cacheControl(exchange)),
                    bytes);
        }));
    }

    private Mono<String> text(Media media, Shelf.Found found) {
        return Mono.fromCallable(() -> switch (found) {
                    case Shelf.Held held -> Files.readString(held.file());
                    case Shelf.Elsewhere elsewhere -> {
                        try (var bytes = store.open(media.object(), 0, -1)) {
                            yield new String(bytes.readAllBytes(), UTF_8);
                        }
                    }
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    private Mono<Void> redirect(Media media, ServerWebExchange exchange) {
        return Mono.fromCallable(() -> store.presign(media.object(), settings.redirectValidity()))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(address -> {
                    var response = exchange.getResponse();
                    response.setStatusCode(HttpStatus.TEMPORARY_REDIRECT);
                    response.getHeaders().setLocation(address);
                    response.getHeaders().setCacheControl("no-store");
                    return response.setComplete();
                });
    }

    private Mono<Void> stream(Media media, ServerWebExchange exchange) {
        return shelf.use(media.object(), found -> {
            var described = describe(media, found, exchange);
            return switch (found) {
                case Shelf.Held held ->
                    RangedContent.serve(exchange, described, held.file())
                            // Whoever was sent the head can't be sent another.
                            .onErrorMap(
                                    NoSuchFileException.class,
                                    e -> exchange.getResponse().isCommitted() ? new UncheckedIOException(e) : e);
                case Shelf.Elsewhere elsewhere -> RangedContent.serve(exchange, described, store, media.object());
            };
        });
    }

    private Described describe(Media media, Shelf.Found found, ServerWebExchange exchange) {
        return new Described(
                media.etag(),
                found.lastModified(),
                found.size(),
                media.contentType(),
                media.fileName(),
                cacheControl(exchange));
    }

    private String cacheControl(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        return links.cacheControl(request.getPath().value(), request.getQueryParams());
    }
}
