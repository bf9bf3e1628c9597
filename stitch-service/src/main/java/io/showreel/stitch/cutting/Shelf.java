package io.showreel.stitch.cutting;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where an editor finds what a film is made of, and keeps what it made of it on the way. Several threads may ask. */
public interface Shelf {

    /** The file of a take; empty if its object is gone. */
    Optional<Path> material(URI object) throws IOException;

    /** A reel that was made before. */
    Optional<Reel> find(String key) throws IOException;

    /**
     * Keeps a reel for later films of the same material.
     *
     * @param original the take's object if the reel is its file as it came; null if it was made here
     */
    void keep(String key, @Nullable URI original, Reel reel) throws IOException;
}
