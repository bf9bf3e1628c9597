package io.showreel.asset.media;

import io.showreel.web.ApiException;
import org.springframework.http.codec.multipart.PartEvent;

/**
 * A body that is refused is still listened to for a while: most clients read no answer before they have sent all, and
 * would see a broken connection instead of the reason.
 */
final class Patience {

    private static final long BYTES = 256L * 1024 * 1024;

    private long ignored;

    void ignore(PartEvent piece, ApiException because) {
        ignored += piece.content().readableByteCount();
        if (ignored > BYTES) {
            throw because;
        }
    }
}
