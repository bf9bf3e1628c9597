package io.showreel.web;

import io.showreel.objects.ObjectStore;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Serves media to GET and HEAD as players ask for it: whole, in ranges, or not at all when nothing changed. Bytes are
 * read as the client takes them, so no file is ever held in memory.
 */
public final class RangedContent {

    /** What the store's client hands out per read; bigger buffers would be allocated whole and filled so far. */
    private static final int BUFFER = 8 * 1024;

    /** Reading from the store blocks; only so many readers may. A stalled client holds none of them. */
    private static final Scheduler READERS = Schedulers.newBoundedElastic(64, 10_000, "media", 30, true);

    private RangedContent() {}

    /** Serves a local file, without copying it through this process where the connection allows. */
    public static Mono<Void> serve(ServerWebExchange exchange, Described media, Path file) {
        return serve(
                exchange,
                media,
                (response, from, count) -> response instanceof ZeroCopyHttpOutputMessage zeroCopy
                        ? zeroCopy.writeWith(file, from, count)
                        : response.writeWith(local(file, from, count, response.bufferFactory())));
    }

    /** Serves what is small enough to be made for the request. */
    public static Mono<Void> serve(ServerWebExchange exchange, Described media, byte[] bytes) {
        return serve(
                exchange,
                media,
                (response, from, count) -> response.writeWith(
                        Mono.just(response.bufferFactory().wrap(ByteBuffer.wrap(bytes, (int) from, (int) count)))));
    }

    /** Serves an object, streamed from the store. */
    public static Mono<Void> serve(ServerWebExchange exchange, Described media, ObjectStore store, URI object) {
        return serve(
                exchange,
                media,
                (response, from, count) ->
                        response.writeWith(stored(store, object, from, count, response.bufferFactory())));
    }

    private static Mono<Void> serve(ServerWebExchange exchange, Described media, Bytes bytes) {
        var method = exchange.getRequest().getMethod();
        var response = exchange.getResponse();
        describe(response.getHeaders(), media);
        return switch (RangeAnswer.to(method, exchange.getRequest().getHeaders(), media)) {
            case RangeAnswer.Whole whole -> {
                response.setStatusCode(HttpStatus.OK);
                response.getHeaders().setContentLength(media.size());
                yield HttpMethod.HEAD.equals(method) || media.size() == 0
                        ? response.setComplete()
                        : bytes.write(response, 0, media.size());
            }
            case RangeAnswer.Part part -> {
                response.setStatusCode(HttpStatus.PARTIAL_CONTENT);
                response.getHeaders()
                        .set(
                                HttpHeaders.CONTENT_RANGE,
                                "bytes " + part.first() + "-" + part.last() + "/" + media.size());
                response.getHeaders().setContentLength(part.length());
                yield bytes.write(response, part.first(), part.length());
            }
            case RangeAnswer.NotModified not -> {
                response.setStatusCode(HttpStatus.NOT_MODIFIED);
                response.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
                response.getHeaders().remove(HttpHeaders.CONTENT_DISPOSITION);
                yield response.setComplete();
            }
            case RangeAnswer.PreconditionFailed not ->
                Mono.error(new ApiException(
                        HttpStatus.PRECONDITION_FAILED, "precondition_failed", "The bytes are others by now."));
            case RangeAnswer.Unsatisfiable not ->
                Mono.error(new ApiException(
                                HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
                                "range_not_satisfiable",
                                "There are only " + media.size() + " bytes.")
                        .header(HttpHeaders.CONTENT_RANGE, "bytes */" + media.size()));
        };
    }

    private static void describe(HttpHeaders headers, Described media) {
        headers.setETag(media.quotedEtag());
        headers.setLastModified(media.lastModified());
        headers.set(HttpHeaders.ACCEPT_RANGES, "bytes");
        headers.setContentType(MediaType.parseMediaType(media.contentType()));
        headers.setCacheControl(media.cacheControl());
        headers.set("X-Content-Type-Options", "nosniff");
        var inline = ContentDisposition.inline();
        var name = media.fileName();
        if (name != null) {
            inline.filename(FileNames.harmless(name), StandardCharsets.UTF_8);
        }
        headers.setContentDisposition(inline.build());
    }

    private static Flux<DataBuffer> local(Path file, long from, long count, DataBufferFactory buffers) {
        var rest = DataBufferUtils.readAsynchronousFileChannel(
                () -> AsynchronousFileChannel.open(file), from, buffers, BUFFER);
        return DataBufferUtils.takeUntilByteCount(rest, count);
    }

    private static Flux<DataBuffer> stored(
            ObjectStore store, URI object, long from, long count, DataBufferFactory buffers) {
        return DataBufferUtils.readInputStream(() -> store.open(object, from, count), buffers, BUFFER)
                .subscribeOn(READERS);
    }

    private interface Bytes {
        Mono<Void> write(ServerHttpResponse response, long from, long count);
    }
}
