package io.showreel.stitch.cutting.ffmpeg;

import io.showreel.stitch.editing.Footage;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What probing told of clips: the next film of the same clips needn't ask again, as objects never change. */
final class KnownClips {

    /** Of a few kilobytes each. */
    private static final int MOST = 256;

    /** @param contents of its coded pictures */
    record Seen(Footage footage, List<String> contents) {}

    private final Map<URI, Seen> seen = new LinkedHashMap<>(MOST, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, Seen> eldest) {
            return size() > MOST;
        }
    };

    synchronized Optional<Seen> find(URI clip) {
        return Optional.ofNullable(seen.get(clip));
    }

    synchronized void keep(URI clip, Seen known) {
        seen.put(clip, known);
    }
}
