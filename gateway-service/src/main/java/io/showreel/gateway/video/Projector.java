package io.showreel.gateway.video;

import io.showreel.gateway.video.FilmSettings.Delivery;
import io.showreel.objects.ObjectStore;
import io.showreel.web.Described;
import io.showreel.web.MediaLinks;
import io.showreel.web.RangedContent;
import java.io.UncheckedIOException;
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
        // An address of the object store is signed for GET alone; of a HEAD there is nothing to spare anyway.
        return settings.delivery() == Delivery.REDIRECT && exchange.getRequest().getMethod() == HttpMethod.GET
                ? redirect(media, exchange)
                : stream(media, exchange);
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
        var request = exchange.getRequest();
        return new Described(
                media.etag(),
                found.lastModified(),
                found.size(),
                media.contentType(),
                media.fileName(),
                links.cacheControl(request.getPath().value(), request.getQueryParams()));
    }
}
