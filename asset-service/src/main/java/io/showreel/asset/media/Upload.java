package io.showreel.asset.media;

import org.jspecify.annotations.Nullable;

/** A file that has come in whole, and what was said about it. */
record Upload(
        AssetDraft draft, Spool.Spooled file, @Nullable Dimensions dimensions) {}
