package io.showreel.gateway.video;

import io.showreel.objects.ObjectStore;
import io.showreel.objects.folder.OwnFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Films on the local disk, from where they are sent without passing through this process. Their names hold their sha256,
 * so a file that is there is right; the least recently asked for make room. What is there is known without asking the
 * disk: players ask for a film in many small pieces.
 */
@Component
class Shelf implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Shelf.class);

    private static final Path TEMPORARY =
            Path.of(System.getProperty("java.io.tmpdir"), "showreel-films-" + System.getProperty("user.name"));

    private final ObjectStore store;
    private final Clock clock;
    private final Path folder;
    private final @Nullable OwnFolder temporary;
    private final long most;
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final Map<String, Mono<Found>> fetching = new ConcurrentHashMap<>();
    private final ReentrantLock making = new ReentrantLock();

    /** Where an object can be had. */
    sealed interface Found {
        long size();

        Instant lastModified();
    }

    /** A local file; its own time is that of the object, whatever replica asks. */
    static final class Held implements Found {
        private final Path file;
        private final long size;
        private final Instant lastModified;
        private volatile Instant usedAt;

        private Held(Path file, long size, Instant lastModified, Instant usedAt) {
            this.file = file;
            this.size = size;
            this.lastModified = lastModified;
            this.usedAt = usedAt;
        }

        Path file() {
            return file;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public Instant lastModified() {
            return lastModified;
        }
    }

    /** Too large to be kept here: in the object store. */
    record Elsewhere(long size, Instant lastModified) implements Found {}

    Shelf(ObjectStore store, FilmSettings settings, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.most = settings.most().toBytes();
        try {
            var given = settings.folder();
            if (given == null) {
                var own = OwnFolder.in(TEMPORARY);
                this.temporary = own;
                this.folder = own.path();
            } else {
                this.temporary = null;
                this.folder = Files.createDirectories(given);
                takeOver();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("There is no place for films", e);
        }
    }

    /** What an earlier process left: whole files are kept, what it had only begun to fetch is not. */
    private void takeOver() throws IOException {
        try (var listing = Files.list(folder)) {
            for (var file : listing.filter(Files::isRegularFile).toList()) {
                if (isUnfinished(file)) {
                    Files.delete(file);
                } else {
                    var time = Files.getLastModifiedTime(file).toInstant();
                    held.put(file.getFileName().toString(), new Held(file, Files.size(file), time, time));
                }
            }
        }
    }

    private static boolean isUnfinished(Path file) {
        return file.toString().endsWith(".part");
    }

    /**
     * Uses an object wherever it can be had. If its file had to make room for another just before it was opened, it is
     * fetched again, once.
     */
    <T> Mono<T> use(URI object, Function<Found, Mono<T>> use) {
        return Mono.defer(() -> find(object).flatMap(use))
                .onErrorMap(NoSuchFileException.class, gone -> {
                    held.remove(name(object));
                    return gone;
                })
                .retryWhen(Retry.max(1)
                        .filter(NoSuchFileException.class::isInstance)
                        .onRetryExhaustedThrow((spec, signal) -> signal.failure()));
    }

    /** Fetches the object first if it is not here; everybody who waits for one fetch shares it. */
    Mono<Found> find(URI object) {
        var name = name(object);
        var here = held.get(name);
        if (here != null) {
            here.usedAt = clock.instant();
            return Mono.just(here);
        }
        return fetching.computeIfAbsent(name, key -> Mono.fromCallable(() -> fetchOnce(object, key))
                .subscribeOn(Schedulers.boundedElastic())
                .cache());
    }

    /** Forgets the fetch before anybody has its file: whoever finds that gone must not be handed it again. */
    private Found fetchOnce(URI object, String name) throws IOException {
        try {
            return fetch(object, name);
        } finally {
            fetching.remove(name);
        }
    }

    private Found fetch(URI object, String name) throws IOException {
        var stored = store.stat(object);
        if (stored.size() > most) {
            return new Elsewhere(stored.size(), stored.lastModified());
        }
        makeRoom(stored.size());
        var file = folder.resolve(name);
        store.fetch(object, file);
        Files.setLastModifiedTime(file, FileTime.from(stored.lastModified()));
        var here = new Held(file, Files.size(file), stored.lastModified(), clock.instant());
        held.put(name, here);
        return here;
    }

    private void makeRoom(long needed) {
        making.lock();
        try (var listing = Files.list(folder)) {
            long taken = listing.mapToLong(file -> file.toFile().length()).sum();
            var oldestFirst = held.entrySet().stream()
                    .sorted(Comparator.comparing(entry -> entry.getValue().usedAt))
                    .toList();
            for (var oldest : oldestFirst) {
                if (taken + needed <= most) {
                    return;
                }
                held.remove(oldest.getKey());
                Files.deleteIfExists(oldest.getValue().file());
                taken -= oldest.getValue().size();
            }
        } catch (IOException e) {
            log.warn("No room could be made for a film: {}", e.toString());
        } finally {
            making.unlock();
        }
    }

    static String name(URI object) {
        var path = object.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public void destroy() throws IOException {
        if (temporary != null) {
            temporary.close();
        }
    }
}
