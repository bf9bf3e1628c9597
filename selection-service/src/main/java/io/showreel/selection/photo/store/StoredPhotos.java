package io.showreel.selection.photo.store;

import io.showreel.contracts.job.JobCommand.Photo;
import io.showreel.objects.ObjectNotFoundException;
import io.showreel.objects.ObjectStore;
import io.showreel.objects.ObjectStoreException;
import io.showreel.selection.photo.Album;
import io.showreel.selection.photo.LookingSettings;
import io.showreel.selection.photo.PhotoViewer;
import io.showreel.selection.photo.Recent;
import io.showreel.selection.photo.Sight;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Looks at photos in the object store, a few at a time over all selections. What was seen is remembered by object,
 * which never goes stale, since an object's name is made of its content.
 */
@Component
class StoredPhotos implements PhotoViewer, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(StoredPhotos.class);
    /** A store that failed this often in a row, with nothing seen in between, is away. */
    private static final int FAILURES_OF_A_STORE = 4;

    private static final int NAMED = 5;

    private final ObjectStore store;
    private final LookingSettings settings;
    private final Recent<URI, Sight> seen;
    private final Semaphore places;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    StoredPhotos(ObjectStore store, LookingSettings settings) {
        this.store = store;
        this.settings = settings;
        this.seen = new Recent<>(settings.remembered(), sight -> 1);
        this.places = new Semaphore(settings.parallelism());
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }

    private sealed interface Look {}

    private record Seen(Sight sight) implements Look {}

    private record Spoilt(String why) implements Look {}

    private record Unreached(String why) implements Look {}

    @Override
    public Album look(List<Photo> photos, Duration atMost) throws InterruptedException {
        var bound = atMost.compareTo(settings.bound()) < 0 ? atMost : settings.bound();
        var deadline = System.nanoTime() + bound.toNanos();
        var failures = new AtomicInteger();
        Map<URI, Future<Look>> pending = new LinkedHashMap<>();
        var looks = new HashMap<URI, Look>();
        for (var photo : photos) {
            var remembered = seen.get(photo.object());
            if (remembered != null) {
                looks.put(photo.object(), new Seen(remembered));
            } else {
                pending.computeIfAbsent(photo.object(), object -> threads.submit(() -> look(object, failures)));
            }
        }
        try {
            for (var one : pending.entrySet()) {
                looks.put(one.getKey(), await(one.getValue(), deadline - System.nanoTime()));
            }
        } finally {
            pending.values().forEach(future -> future.cancel(true));
        }
        return album(photos, looks);
    }

    private static Look await(Future<Look> look, long nanos) throws InterruptedException {
        try {
            return look.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Unreached("there was no time");
        } catch (ExecutionException e) {
            log.warn("Looking at a photo failed", e.getCause());
            return new Unreached(String.valueOf(e.getCause()));
        }
    }

    private Look look(URI object, AtomicInteger failures) throws InterruptedException {
        places.acquire();
        try {
            var remembered = seen.get(object);
            if (remembered != null) {
                return new Seen(remembered);
            }
            if (failures.get() >= FAILURES_OF_A_STORE) {
                return new Unreached("the object store is away");
            }
            var sight = fetch(object);
            failures.set(0);
            seen.remember(object, sight);
            return new Seen(sight);
        } catch (ObjectNotFoundException e) {
            return new Spoilt("is gone");
        } catch (UnreadablePhotoException e) {
            return new Spoilt(String.valueOf(e.getMessage()));
        } catch (OversizedPhotoException e) {
            return new Unreached(String.valueOf(e.getMessage()));
        } catch (ObjectStoreException | IOException e) {
            failures.incrementAndGet();
            log.info("Could not look at {}: {}", object, e.toString());
            return new Unreached("the object store is away");
        } finally {
            places.release();
        }
    }

    private Sight fetch(URI object) throws IOException, UnreadablePhotoException, OversizedPhotoException {
        var folder = Files.createTempDirectory("look");
        var file = folder.resolve("photo");
        try {
            store.fetch(object, file);
            return PhotoFile.look(file, settings);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    private static Album album(List<Photo> photos, Map<URI, Look> looks) {
        var sights = new HashMap<URI, Sight>();
        var spoilt = new HashSet<URI>();
        looks.forEach((object, look) -> {
            switch (look) {
                case Seen there -> sights.put(object, there.sight());
                case Spoilt gone -> spoilt.add(object);
                case Unreached away -> {
                    // Neither good nor bad: it is chosen only where what was seen doesn't suffice.
                }
            }
        });
        return new Album(sights, spoilt, note(photos, looks, sights.isEmpty()));
    }

    private static @Nullable String note(List<Photo> photos, Map<URI, Look> looks, boolean nothingSeen) {
        var missing = new LinkedHashMap<String, String>();
        photos.forEach(photo -> {
            var look = looks.get(photo.object());
            if (look instanceof Spoilt spoilt) {
                missing.put(photo.name(), spoilt.why());
            } else if (look instanceof Unreached unreached) {
                missing.put(photo.name(), unreached.why());
            }
        });
        if (missing.isEmpty()) {
            return null;
        }
        var named = missing.entrySet().stream()
                .limit(NAMED)
                .map(photo -> photo.getKey() + " (" + photo.getValue() + ")")
                .collect(Collectors.joining(", "));
        var more = missing.size() > NAMED ? " and %d more".formatted(missing.size() - NAMED) : "";
        return nothingSeen
                ? "No photo could be looked at, so names alone decided: " + named + more + "."
                : "Not looked at: " + named + more + ".";
    }
}
