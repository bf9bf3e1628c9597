package io.showreel.selection.storyboard.grok;

import static io.showreel.selection.photo.SamplePhotos.blurred;
import static io.showreel.selection.photo.SamplePhotos.lit;
import static io.showreel.selection.photo.SamplePhotos.photo;
import static io.showreel.selection.photo.SamplePhotos.portrait;
import static io.showreel.selection.photo.SamplePhotos.scaled;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.showreel.contracts.job.JobCommand.Photo;
import io.showreel.contracts.job.JobCommand.SelectScenes;
import io.showreel.objects.ObjectStore;
import io.showreel.selection.photo.DrawnRooms;
import io.showreel.selection.photo.SamplePhotos;
import io.showreel.selection.storyboard.Campaigns;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Photos in the object store to choose from.
 *
 * @param bad those that nobody should choose
 * @param views what each photo shows, which its name need not tell
 */
record PhotoSet(String name, String aspectRatio, List<Photo> photos, Set<UUID> bad, Map<UUID, String> views) {

    private static final float GOOD = 0.92f;

    SelectScenes command(int scenes, boolean useLlm) {
        return Campaigns.asking(photos, scenes, aspectRatio, Map.of("use_llm", useLlm));
    }

    /** Keeps photos and writes down what they are. */
    private static final class Camera {

        private final ObjectStore store;
        private final Path folder;
        private final List<Photo> photos = new ArrayList<>();
        private final Set<UUID> bad = new HashSet<>();
        private final Map<UUID, String> views = new HashMap<>();

        Camera(ObjectStore store, Path folder) {
            this.store = store;
            this.folder = folder;
        }

        void good(String name, BufferedImage image) {
            var file = SamplePhotos.written(image, GOOD, folder.resolve(UUID.randomUUID() + ".jpg"));
            add(name, file, image.getWidth(), image.getHeight());
        }

        void bad(String name, BufferedImage image) {
            good(name, image);
            bad.add(photos.getLast().assetId());
        }

        void add(String name, Path file, int width, int height) {
            var object = store.keep("assets", file, "image/jpeg");
            photos.add(new Photo(
                    UUID.nameUUIDFromBytes(name.getBytes(UTF_8)), name, List.of(name), null, object, width, height));
            views.put(photos.getLast().assetId(), name.replaceAll(" \\d+$", ""));
        }

        /** As a card has it: numbered in the order of their taking, and nothing said about what they show. */
        void unsorted(String view, boolean good, BufferedImage image) {
            var name = "IMG %04d".formatted(4711 + photos.size());
            if (good) {
                good(name, image);
            } else {
                bad(name, image);
            }
            views.put(photos.getLast().assetId(), view);
        }

        PhotoSet set(String name, String aspectRatio) {
            return new PhotoSet(name, aspectRatio, List.copyOf(photos), Set.copyOf(bad), Map.copyOf(views));
        }
    }

    /** As it is. */
    static PhotoSet sample(ObjectStore store, Path folder) {
        var camera = new Camera(store, folder);
        Campaigns.sample().forEach(photo -> camera.add(photo.name(), SamplePhotos.file(photo.name()), 1280, 720));
        return camera.set("sample campaign", "16:9");
    }

    /** Everything that was on the card: of each view one photo blurred, one dark, one tiny and one taken twice. */
    static PhotoSet careless(ObjectStore store, Path folder) {
        var camera = new Camera(store, folder);
        for (var view : List.of("Exterior 2", "Dining", "Living Room 1", "Terrace", "Studio", "Meadow", "Trail")) {
            camera.good(view + " 1", photo(view + " 1"));
            camera.bad(view + " 2", blurred(photo(view + " 2")));
            camera.good(view + " 3", photo(view + " 3"));
            camera.bad(view + " 4", scaled(scaled(lit(photo(view + " 3"), 0.95f), 600, 338), 1280, 720));
            camera.bad(view + " 5", lit(photo(view + " 4"), 0.18f));
            camera.good(view + " 6", photo(view + " 5"));
            camera.bad(view + " 7", scaled(photo(view + " 2"), 240, 135));
        }
        return camera.set("careless upload", "16:9");
    }

    /** From a telephone, for a telephone: upright photos, some of them in bursts, some against the sun. */
    static PhotoSet upright(ObjectStore store, Path folder) {
        var camera = new Camera(store, folder);
        for (var view :
                List.of("Garden 1", "Forest Stream", "Mountain View 1", "Mountain View 2", "Living Room 2", "Dining")) {
            camera.good(view + " 1", portrait(photo(view + " 1")));
            camera.bad(view + " 2", lit(portrait(scaled(photo(view + " 1"), 1200, 675)), 0.92f));
            camera.good(view + " 3", portrait(photo(view + " 3")));
            camera.bad(view + " 4", lit(portrait(photo(view + " 6")), 8f));
            camera.good(view + " 5", portrait(photo(view + " 5")));
            camera.bad(view + " 6", blurred(portrait(photo(view + " 2"))));
        }
        return camera.set("upright telephone", "9:16");
    }

    /**
     * Twelve drawn rooms that no bound was ever set with, three good photos of each, unsorted and without a word about
     * them; of every room one is taken twice, and every other has a blurred, a dark or an overexposed one.
     */
    static PhotoSet drawn(ObjectStore store, Path folder) {
        var camera = new Camera(store, folder);
        for (var i = 0; i < 12; i++) {
            var room = new DrawnRooms(1000 + i);
            var view = "room " + i;
            var left = room.from(0.3, 1);
            camera.unsorted(view, true, left);
            camera.unsorted(view, false, scaled(scaled(left, 1200, 675), 1280, 720));
            camera.unsorted(view, true, room.from(0.36, 0.95));
            camera.unsorted(view, true, room.from(0.44, 0.95));
            switch (i % 6) {
                case 1 -> camera.unsorted(view, false, blurred(room.from(0.5, 1)));
                case 3 -> camera.unsorted(view, false, lit(room.from(0.5, 1), 0.12f));
                case 5 -> camera.unsorted(view, false, lit(room.from(0.5, 1), 4f));
                default -> {}
            }
        }
        return camera.set("drawn rooms", "16:9");
    }
}
