package io.showreel.asset.media;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Finds what makes a file something else as well: pages and scripts in what an image says about itself, and archives
 * or documents behind its end. Cameras put short films and previews there, which are harmless and stay.
 */
final class HiddenContent {

    private static final List<String> PAGES = List.of("<script", "<html", "<!doctype", "<?php", "<svg ", "<iframe");
    private static final List<String> DOCUMENTS = List.of("%PDF-", "Rar!\32\7", "7z\u00bc\u00af'\34");
    private static final String ARCHIVED_FILE = "PK\3\4";
    private static final String END_OF_ARCHIVE = "PK\5\6";

    /** More than any of these is long. */
    private static final int OVERLAP = 16;

    private HiddenContent() {}

    static void refuseIn(byte[] said) {
        if (holdsPage(text(said))) {
            throw UnsupportedMedia.hidden();
        }
    }

    static void refuseBehind(FileBytes bytes) throws IOException {
        var archived = false;
        var tail = "";
        while (!bytes.atEnd()) {
            var text = tail + text(bytes.block(Integer.MAX_VALUE));
            // Only both together: four bytes alone occur in films by chance.
            archived |= text.contains(ARCHIVED_FILE);
            if ((archived && text.contains(END_OF_ARCHIVE))
                    || DOCUMENTS.stream().anyMatch(text::contains)
                    || holdsPage(text)) {
                throw UnsupportedMedia.hidden();
            }
            tail = text.substring(Math.max(0, text.length() - OVERLAP));
        }
    }

    private static boolean holdsPage(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return PAGES.stream().anyMatch(lower::contains);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
