package io.showreel.asset.media;

import io.showreel.web.ApiException;
import io.showreel.web.JsonBody;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.multipart.PartEvent;

/**
 * Takes a form of many files in, piece by piece, and hands each on as soon as it is whole; one that can't be taken harms
 * no other. What the form says of all of them comes before the first, so that none waits for the last. Blocks on the
 * disk. Closing it at any time leaves nothing behind.
 */
final class Bundle implements AutoCloseable {

    static final int MOST = 500;

    private static final String NAME = "name";

    private final UploadSettings settings;
    private final FormFields fields = new FormFields();
    private final Patience patience = new Patience();
    private final Map<Path, FormFile> arrived = new ConcurrentHashMap<>();
    private @Nullable FormFile file;
    private @Nullable String type;
    private @Nullable ApiException refusal;
    /** How many have begun. */
    private int files;

    private boolean insidePart;
    private boolean closed;

    /** What became of one file. */
    sealed interface Item {}

    /** One that is whole; its file is there until it is released. */
    record Arrived(String name, Upload upload) implements Item {}

    record Refused(String name, ApiException because) implements Item {}

    Bundle(UploadSettings settings) {
        this.settings = settings;
    }

    /** Takes the next piece and lets go of its buffer; tells of the file that ends with it, or can't go on. */
    synchronized @Nullable Item take(PartEvent piece) {
        try {
            if (refusal != null) {
                patience.ignore(piece, refusal);
                return null;
            }
            return closed ? null : write(piece);
        } catch (IOException e) {
            throw new ReceptionException(e);
        } finally {
            DataBufferUtils.release(piece.content());
        }
    }

    /** Nothing of the form can be taken. The first reason stays, and is said at the end. */
    synchronized void refuse(ApiException because) {
        if (refusal == null) {
            refusal = because;
        }
    }

    /** The file of one that arrived is not needed any more. */
    void release(Upload upload) {
        var file = arrived.remove(upload.file().file());
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw new ReceptionException(e);
        }
    }

    /** To be called after the last piece; says why nothing of the form can be taken. */
    synchronized void finish() {
        if (refusal != null) {
            throw refusal;
        }
        if (files == 0) {
            throw ApiException.invalid(FormFile.FIELD, "is required");
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (file != null) {
            file.close();
        }
        for (var one : arrived.values()) {
            one.close();
        }
    }

    private @Nullable Item write(PartEvent piece) throws IOException {
        var begins = !insidePart;
        insidePart = !piece.isLast();
        try {
            if (piece.name().equals(FormFile.FIELD)) {
                return writeFile(piece, begins);
            }
            if (begins) {
                if (files > 0) {
                    throw ApiException.invalid(piece.name(), "must come before the files");
                }
                fields.begin(piece.name());
            }
            fields.write(piece);
        } catch (ApiException e) {
            refuse(e);
        }
        return null;
    }

    private @Nullable Item writeFile(PartEvent piece, boolean begins) throws IOException {
        if (begins) {
            begin(piece);
        }
        var open = file;
        if (open == null) {
            return null;
        }
        try {
            open.write(piece);
            if (!piece.isLast()) {
                return null;
            }
            var upload = new Upload(draft(open), open.finish(type), null);
            file = null;
            arrived.put(upload.file().file(), open);
            return new Arrived(open.harmlessName(), upload);
        } catch (ApiException e) {
            file = null;
            open.close();
            return new Refused(open.harmlessName(), e);
        }
    }

    private void begin(PartEvent first) throws IOException {
        if (files == 0) {
            type = fields.take("type");
            refuseUnlessForMany();
        }
        files++;
        if (files > MOST) {
            throw ApiException.invalid(FormFile.FIELD, "may be given " + MOST + " times at most");
        }
        file = new FormFile(first, settings);
    }

    /** What is said of all files at once; a file is refused for itself alone. */
    private void refuseUnlessForMany() {
        for (var ofOne : List.of(NAME, Imports.SOURCE_URL)) {
            if (fields.has(ofOne)) {
                throw ApiException.invalid(ofOne, "can't be the same for many files");
            }
        }
        JsonBody.read(fields.all().put(NAME, FormFile.FIELD), AssetDraft.class);
    }

    private AssetDraft draft(FormFile one) {
        return JsonBody.read(fields.all().put(NAME, one.harmlessName()), AssetDraft.class);
    }
}
