package io.showreel.asset.media;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that has come in whole, and what was said about it.
 *
 * @param sourceUrl where it was fetched from, if it was
 */
record Upload(
        AssetDraft draft, Spool.Spooled file, @Nullable String sourceUrl) {

    Upload ownedBy(UUID client) {
        return new Upload(draft.ownedBy(client), file, sourceUrl);
    }
}
