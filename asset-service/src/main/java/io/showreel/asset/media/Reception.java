package io.showreel.asset.media;

import io.showreel.web.ApiException;
import io.showreel.web.FileNames;
import io.showreel.web.JsonBody;
import io.showreel.web.WebJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.multipart.FilePartEvent;
import org.springframework.http.codec.multipart.PartEvent;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes one multipart body in, piece by piece and in whatever order its parts come. Blocks on the disk. Closing it at
 * any time, also while a piece is being written, leaves nothing behind.
 *
 * <p>A body that is refused is still listened to for a while: most clients read no answer before they have sent all,
 * and would see a broken connection instead of the reason.
 */
final class Reception implements AutoCloseable {

    /** What was sent. */
    sealed interface Received {}

    /** A file. */
    record Arrived(Upload upload) implements Received {}

    /** Where the file is to be fetched from. */
    record Described(ObjectNode description) implements Received {}

    private static final String FILE = "file";
    private static final Set<String> JSON_FIELDS = Set.of("tags", "metadata");
    private static final int LARGEST_FIELD = 256 * 1024;
    private static final long PATIENCE = 256L * 1024 * 1024;

    private final UploadSettings settings;
    private final ObjectNode fields = WebJson.mapper().createObjectNode();
    private final Set<String> seen = new HashSet<>();
    private final ByteArrayOutputStream field = new ByteArrayOutputStream();
    private @Nullable Spool spool;
    private @Nullable String fileName;
    private @Nullable String declaredType;
    private @Nullable ApiException refusal;
    private long ignored;
    private boolean insidePart;
    private boolean closed;

    Reception(UploadSettings settings) {
        this.settings = settings;
    }

    /** Takes the next piece, and lets go of its buffer. */
    synchronized void take(PartEvent piece) {
        try {
            if (refusal != null) {
                ignore(piece, refusal);
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
        var received = spool;
        var elsewhere = fields.hasNonNull(Imports.SOURCE_URL);
        if (received == null) {
            if (elsewhere) {
                return new Described(fields);
            }
            throw ApiException.invalid(FILE, "is required, or source_url instead");
        }
        if (elsewhere) {
            throw ApiException.invalid(Imports.SOURCE_URL, "can't be given together with a file");
        }
        var spooled = received.finish();
        checkAgainstContent(spooled.format());
        if (!fields.hasNonNull("name")) {
            fields.put("name", FileNames.harmless(String.valueOf(fileName)));
        }
        return new Arrived(new Upload(JsonBody.read(fields, AssetDraft.class), spooled, null));
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (spool != null) {
            spool.close();
        }
    }

    private void write(PartEvent piece) throws IOException {
        try {
            if (!insidePart) {
                begin(piece);
            }
            insidePart = !piece.isLast();
            if (piece.name().equals(FILE)) {
                writeFile(piece);
            } else {
                writeField(piece);
            }
        } catch (ApiException e) {
            refusal = e;
            if (spool != null) {
                spool.close();
            }
        }
    }

    private void ignore(PartEvent piece, ApiException because) {
        ignored += piece.content().readableByteCount();
        if (ignored > PATIENCE) {
            throw because;
        }
    }

    private void begin(PartEvent first) throws IOException {
        if (!seen.add(first.name())) {
            throw ApiException.invalid(first.name(), "may be given once only");
        }
        field.reset();
        if (!first.name().equals(FILE)) {
            return;
        }
        if (!(first instanceof FilePartEvent file)) {
            throw ApiException.invalid(FILE, "must be a file");
        }
        fileName = file.filename();
        var contentType = first.headers().getContentType();
        declaredType = contentType == null ? null : contentType.getType() + "/" + contentType.getSubtype();
        spool = new Spool(settings);
    }

    private void writeFile(PartEvent piece) throws IOException {
        var open = spool;
        if (open == null) {
            return;
        }
        try (var bytes = piece.content().readableByteBuffers()) {
            while (bytes.hasNext()) {
                open.write(bytes.next());
            }
        }
    }

    private void writeField(PartEvent piece) throws IOException {
        var bytes = new byte[piece.content().readableByteCount()];
        piece.content().read(bytes);
        field.write(bytes);
        if (field.size() > LARGEST_FIELD) {
            throw new ApiException(
                    HttpStatus.CONTENT_TOO_LARGE, "payload_too_large", "The field " + piece.name() + " is too large.");
        }
        if (piece.isLast()) {
            addField(piece.name(), field.toString(StandardCharsets.UTF_8));
        }
    }

    /** An empty field is how forms say that there is none. */
    private void addField(String name, String value) {
        if (value.isBlank()) {
            return;
        }
        if (JSON_FIELDS.contains(name)) {
            try {
                fields.set(name, WebJson.mapper().readTree(value));
            } catch (JacksonException e) {
                throw ApiException.invalid(name, "must be JSON");
            }
        } else {
            fields.put(name, value);
        }
    }

    private void checkAgainstContent(MediaFormat format) {
        if (declaredType != null && !format.mayBeDeclaredAs(declaredType)) {
            throw UnsupportedMedia.declaredOtherwise(format, declaredType);
        }
        if (fileName != null && !format.mayBeNamed(fileName)) {
            throw UnsupportedMedia.namedOtherwise(format);
        }
        var type = fields.remove("type");
        UnsupportedMedia.unless(format, type == null ? null : type.asString());
    }
}
