package io.showreel.stitch.cutting.ffmpeg;

import io.showreel.stitch.editing.Footage;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What probing told of clips: the next film of the same clips needn't ask again, as objects never change. */
final class KnownClips {

    /** Of a few kilobytes each. */
    private static final int MOST = 256;

    private final Map<URI, Footage> footage = new LinkedHashMap<>(MOST, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, Footage> eldest) {
            return size() > MOST;
        }
    };

    synchronized Optional<Footage> find(URI clip) {
        return Optional.ofNullable(footage.get(clip));
    }

    synchronized void keep(URI clip, Footage known) {
        footage.put(clip, known);
    }
}
