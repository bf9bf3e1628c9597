package io.showreel.asset.media;

import io.showreel.web.ApiException;
import io.showreel.web.JsonBody;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.multipart.PartEvent;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes one multipart body in, piece by piece and in whatever order its parts come. Blocks on the disk. Closing it at
 * any time, also while a piece is being written, leaves nothing behind.
 */
final class Reception implements AutoCloseable {

    /** What was sent. */
    sealed interface Received {}

    /** A file. */
    record Arrived(Upload upload) implements Received {}

    /** Where the file is to be fetched from. */
    record Described(ObjectNode description) implements Received {}

    private final UploadSettings settings;
    private final FormFields fields = new FormFields();
    private final Patience patience = new Patience();
    private @Nullable FormFile file;
    private @Nullable ApiException refusal;
    private boolean insidePart;
    private boolean closed;

    Reception(UploadSettings settings) {
        this.settings = settings;
    }

    /** Takes the next piece, and lets go of its buffer. */
    synchronized void take(PartEvent piece) {
        try {
            if (refusal != null) {
                patience.ignore(piece, refusal);
            } else if (!closed) {
                write(piece);
            }
        } catch (IOException e) {
            throw new ReceptionException(e);
        } finally {
            DataBufferUtils.release(piece.content());
        }
    }

    /** What was sent, checked as far as it can be without asking anybody. */
    synchronized Received finish() throws IOException {
        if (refusal != null) {
            throw refusal;
        }
        var received = file;
        var elsewhere = fields.has(Imports.SOURCE_URL);
        if (received == null) {
            if (elsewhere) {
                return new Described(fields.all());
            }
            throw ApiException.invalid(FormFile.FIELD, "is required, or source_url instead");
        }
        if (elsewhere) {
            throw ApiException.invalid(Imports.SOURCE_URL, "can't be given together with a file");
        }
        var spooled = received.finish(fields.take("type"));
        var said = fields.all();
        if (!said.hasNonNull("name")) {
            said.put("name", received.harmlessName());
        }
        return new Arrived(new Upload(JsonBody.read(said, AssetDraft.class), spooled, null));
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (file != null) {
            file.close();
        }
    }

    private void write(PartEvent piece) throws IOException {
        try {
            var isFile = piece.name().equals(FormFile.FIELD);
            if (!insidePart) {
                fields.begin(piece.name());
                if (isFile) {
                    file = new FormFile(piece, settings);
                }
            }
            insidePart = !piece.isLast();
            if (!isFile) {
                fields.write(piece);
            } else if (file != null) {
                file.write(piece);
            }
        } catch (ApiException e) {
            refusal = e;
            if (file != null) {
                file.close();
            }
        }
    }
}
