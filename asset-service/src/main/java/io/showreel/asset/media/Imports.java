package io.showreel.asset.media;

import io.showreel.asset.Caller;
import io.showreel.web.ApiException;
import io.showreel.web.FileNames;
import io.showreel.web.JsonBody;
import io.showreel.web.outbound.AddressRefusedException;
import io.showreel.web.outbound.FetchFailedException;
import io.showreel.web.outbound.WebFetch;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

/** Brings in what is not sent as a file: fetched from an address, or small enough to stand in the request. */
@Service
class Imports {

    static final String SOURCE_URL = "source_url";

    private static final String BLOB_DATA = "blob_data";
    private static final String NAME = "name";
    private static final int BUFFER = 64 * 1024;

    /** All requests together fetch this many files at once. */
    private static final Scheduler FETCHERS = Schedulers.newBoundedElastic(16, 100_000, "fetchers", 30, true);

    private final UploadSettings settings;
    private final WebFetch web;
    private final Intake intake;

    Imports(UploadSettings settings, WebFetch web, Intake intake) {
        this.settings = settings;
        this.web = web;
        this.intake = intake;
    }

    /**
     * Takes in what a JSON body describes.
     *
     * @param add what to do while its file is still there
     */
    <T> Mono<T> take(ObjectNode body, Caller caller, Function<Kept, Mono<T>> add) {
        return Mono.defer(() -> {
            var description = body.deepCopy();
            var url = text(description, SOURCE_URL);
            var blob = text(description, BLOB_DATA);
            if ((url == null) == (blob == null)) {
                throw ApiException.invalid(SOURCE_URL, "is required, or blob_data instead; one of them");
            }
            var type = text(description, "type");
            return Mono.using(() -> new Spool(settings), spool -> Mono.fromCallable(() -> {
                                var spooled = url == null ? decode(blob, spool) : fetch(url, spool);
                                UnsupportedMedia.unless(spooled.format(), type);
                                return new Upload(draft(description, url), spooled, url);
                            })
                            .flatMap(upload -> intake.keep(upload, caller))
                            .flatMap(add))
                    .subscribeOn(FETCHERS);
        });
    }

    private Spool.Spooled fetch(String url, Spool spool) throws IOException {
        try {
            return web.get(url, (address, contentType, bytes) -> copy(bytes, spool));
        } catch (AddressRefusedException e) {
            throw ApiException.invalid(SOURCE_URL, String.valueOf(e.getMessage()));
        } catch (FetchFailedException e) {
            throw new ApiException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "source_unavailable",
                    "The file could not be fetched. " + e.getMessage(),
                    Map.of(SOURCE_URL, List.of(String.valueOf(e.getMessage()))));
        }
    }

    private static Spool.Spooled decode(@Nullable String blob, Spool spool) throws IOException {
        try {
            // Line breaks are how many tools write it.
            spool.write(ByteBuffer.wrap(Base64.getMimeDecoder().decode(String.valueOf(blob))));
            return spool.finish();
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(BLOB_DATA, "must be base64");
        }
    }

    private static Spool.Spooled copy(InputStream bytes, Spool spool) throws IOException {
        var buffer = new byte[BUFFER];
        for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
            spool.write(ByteBuffer.wrap(buffer, 0, count));
        }
        return spool.finish();
    }

    private static AssetDraft draft(ObjectNode description, @Nullable String url) {
        if (!description.hasNonNull(NAME)) {
            description.put(NAME, FileNames.harmless(url == null ? "" : nameIn(url)));
        }
        return JsonBody.read(description, AssetDraft.class);
    }

    private static String nameIn(String url) {
        var path = URI.create(url).getPath();
        return path == null ? "" : path;
    }

    private static @Nullable String text(ObjectNode body, String field) {
        var value = body.remove(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString() || value.asString().isBlank()) {
            throw ApiException.invalid(field, "must be a text");
        }
        return value.asString();
    }
}
