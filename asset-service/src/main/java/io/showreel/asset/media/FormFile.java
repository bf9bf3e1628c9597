package io.showreel.asset.media;

import io.showreel.web.ApiException;
import io.showreel.web.FileNames;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.multipart.FilePartEvent;
import org.springframework.http.codec.multipart.PartEvent;

/** A form's file on its way in, with what its part says of it. */
final class FormFile implements AutoCloseable {

    static final String FIELD = "file";

    private final String name;
    private final @Nullable String declaredType;
    private final Spool spool;

    FormFile(PartEvent first, UploadSettings settings) throws IOException {
        if (!(first instanceof FilePartEvent file)) {
            throw ApiException.invalid(FIELD, "must be a file");
        }
        name = file.filename();
        var contentType = first.headers().getContentType();
        declaredType = contentType == null ? null : contentType.getType() + "/" + contentType.getSubtype();
        spool = new Spool(settings);
    }

    void write(PartEvent piece) throws IOException {
        try (var bytes = piece.content().readableByteBuffers()) {
            while (bytes.hasNext()) {
                spool.write(bytes.next());
            }
        }
    }

    /** The name that it has unless the form gives one. */
    String harmlessName() {
        return FileNames.harmless(name);
    }

    /**
     * The whole file, which is what it was declared as.
     *
     * @param type the type of asset that the form says it is, if any
     */
    Spool.Spooled finish(@Nullable String type) throws IOException {
        var spooled = spool.finish();
        var format = spooled.format();
        if (declaredType != null && !format.mayBeDeclaredAs(declaredType)) {
            throw UnsupportedMedia.declaredOtherwise(format, declaredType);
        }
        if (!format.mayBeNamed(name)) {
            throw UnsupportedMedia.namedOtherwise(format);
        }
        UnsupportedMedia.unless(format, type);
        return spooled;
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
