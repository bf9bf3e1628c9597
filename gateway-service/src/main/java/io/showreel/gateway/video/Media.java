package io.showreel.gateway.video;

import java.net.URI;

/**
 * What is served under a link.
 *
 * @param object where its bytes are; its name begins with their sha256
 * @param version by which links name it; what it names never changes
 * @param fileName offered for saving
 */
record Media(URI object, String version, String contentType, String fileName) {

    /** Tells these bytes from all others. */
    String etag() {
        var name = Shelf.name(object);
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
