package io.showreel.render.frame;

import io.showreel.objects.ObjectStore;
import io.showreel.render.frame.Frames.Wanted;
import io.showreel.render.scratch.Scratch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The frames of photos. Those that were made last are kept for a while: what is sent to the provider is held against the
 * clip that comes back.
 */
@Component
public class PhotoFrames {

    private static final String USUAL_RATIO = "16:9";

    /** Two for each take: of an account that renders twenty at once, and of the next ones in its queue. */
    private static final int MOST_KEPT = 64;

    private final BiConsumer<URI, Path> photos;
    private final Frames frames;
    private final Path shelf;
    private final LinkedHashMap<Key, Path> kept = new LinkedHashMap<>(MOST_KEPT, 0.75f, true);

    private record Key(URI photo, String ratio) {}

    @Autowired
    PhotoFrames(ObjectStore objects, Frames frames, Scratch scratch) throws IOException {
        this(objects::fetch, frames, scratch.folder("frames"));
    }

    /**
     * @param photos copies a photo into a file
     * @param shelf the folder of the frames that are kept
     */
    PhotoFrames(BiConsumer<URI, Path> photos, Frames frames, Path shelf) {
        this.photos = photos;
        this.frames = frames;
        this.shelf = shelf;
    }

    /**
     * Puts a frame of each photo into a folder.
     *
     * @param ratio such as {@code 16:9}, which is the usual one
     * @return the files, in the order of the photos
     */
    public List<Path> make(List<URI> photos, @Nullable String ratio, Path folder)
            throws IOException, UnreadablePhotoException, InterruptedException {
        var shape = ratio == null ? USUAL_RATIO : ratio;
        var made = new ArrayList<Path>();
        var missing = new ArrayList<Wanted>();
        for (var photo : photos) {
            var frame = folder.resolve("frame-" + made.size() + ".jpg");
            if (!copy(new Key(photo, shape), frame)) {
                var original = folder.resolve("photo-" + made.size());
                this.photos.accept(photo, original);
                missing.add(new Wanted(original, frame));
            }
            made.add(frame);
        }
        frames.make(missing, shape);
        for (var n = 0; n < made.size(); n++) {
            keep(new Key(photos.get(n), shape), made.get(n));
        }
        return made;
    }

    private synchronized boolean copy(Key key, Path frame) throws IOException {
        var known = kept.get(key);
        if (known == null) {
            return false;
        }
        Files.copy(known, frame);
        return true;
    }

    private synchronized void keep(Key key, Path frame) throws IOException {
        if (kept.containsKey(key)) {
            return;
        }
        var file = Files.createTempFile(shelf, "", ".jpg");
        kept.put(key, Files.copy(frame, file, StandardCopyOption.REPLACE_EXISTING));
        if (kept.size() > MOST_KEPT) {
            Files.delete(kept.pollFirstEntry().getValue());
        }
    }
}
