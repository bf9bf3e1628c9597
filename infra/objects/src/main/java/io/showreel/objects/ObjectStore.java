package io.showreel.objects;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Where photos, clips and films are kept. Objects are named by their content and never change, so that what is
 * published is complete or absent, and keeping the same file twice is keeping it once.
 *
 * <p>Every method blocks: call it on a virtual thread, or on a bounded scheduler at the HTTP edge. An unknown object
 * is an {@link ObjectNotFoundException}, any other trouble an {@link ObjectStoreException}.
 */
public interface ObjectStore {

    /**
     * Keeps a file under {@code <prefix>/<sha256><.ext>}; nothing is uploaded when it is there already.
     *
     * @return its address, {@code s3://bucket/key}
     */
    URI keep(String prefix, Path file, String contentType);

    /**
     * The same for who knows the file's hash already, which spares reading it once more.
     *
     * @param sha256 of the file's bytes in lower-case hex; with any other, a small file is refused by the store, and a
     *     large one would never be found again
     */
    default URI keep(String prefix, Path file, String contentType, String sha256) {
        return keep(prefix, file, contentType);
    }

    /** Size, type and age of an object, without its bytes. */
    StoredObject stat(URI object);

    /** Copies a whole object into a file, which is complete or absent afterwards. */
    void fetch(URI object, Path into);

    /**
     * The bytes of an object from {@code offset} on.
     *
     * @param length how many bytes at most; -1 for all until the end
     */
    InputStream open(URI object, long offset, long length);

    /** An address from which anybody can read the object for a while. */
    URI presign(URI object, Duration validity);

    /** Removes an object; one that isn't there is gone already. */
    void delete(URI object);

    /** The addresses of all objects whose key starts with the prefix; read lazily, page by page. */
    Stream<URI> list(String prefix);
}
