package io.showreel.asset.media;

import java.net.URI;

/** A small picture of an asset, and where its bytes are kept. */
record Thumbnail(URI object, long size) {

    static final String CONTENT_TYPE = "image/jpeg";

    /** The hash of its bytes, which names its object. */
    String sha256() {
        var key = object.getPath();
        return key.substring(key.lastIndexOf('/') + 1, key.lastIndexOf('.'));
    }
}
