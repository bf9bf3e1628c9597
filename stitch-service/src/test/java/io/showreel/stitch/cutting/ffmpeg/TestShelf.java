package io.showreel.stitch.cutting.ffmpeg;

import io.showreel.stitch.cutting.Reel;
import io.showreel.stitch.cutting.Shelf;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Material from a map; reels stay where they were made. */
final class TestShelf implements Shelf {

    final Map<String, Reel> reels = new ConcurrentHashMap<>();
    private final Map<URI, Path> material;

    TestShelf(Map<URI, Path> material) {
        this.material = material;
    }

    @Override
    public Optional<Path> material(URI object) {
        return Optional.ofNullable(material.get(object));
    }

    @Override
    public Optional<Reel> find(String key) {
        return Optional.ofNullable(reels.get(key));
    }

    @Override
    public void keep(String key, @Nullable URI original, Reel reel) {
        reels.put(key, reel);
    }
}
