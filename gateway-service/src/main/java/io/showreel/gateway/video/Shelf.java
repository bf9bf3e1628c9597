package io.showreel.gateway.video;

import io.showreel.objects.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
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
 * so a file that is there is right; the least recently asked for make room.
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
    private final Map<String, Mono<Path>> fetching = new ConcurrentHashMap<>();
    private final ReentrantLock making = new ReentrantLock();

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
                removeUnfinished(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("There is no place for films", e);
        }
    }

    /** What a process that was killed had begun to fetch. */
    private static void removeUnfinished(Path folder) throws IOException {
        try (var listing = Files.list(folder)) {
            for (var file : listing.filter(Shelf::isUnfinished).toList()) {
                Files.delete(file);
            }
        }
    }

    private static boolean isUnfinished(Path file) {
        return file.toString().endsWith(".part");
    }

    /**
     * Uses the object's local file. If the file had to make room for another just before it was opened, it is fetched
     * again, once.
     */
    <T> Mono<T> use(URI object, Function<Path, Mono<T>> use) {
        return Mono.defer(() -> file(object).flatMap(use))
                .retryWhen(Retry.max(1)
                        .filter(NoSuchFileException.class::isInstance)
                        .onRetryExhaustedThrow((spec, signal) -> signal.failure()));
    }

    /** The object's local file, fetched first if it is not there; everybody who waits for one fetch shares it. */
    Mono<Path> file(URI object) {
        var name = name(object);
        return Mono.fromCallable(() -> touch(folder.resolve(name)))
                .subscribeOn(Schedulers.boundedElastic())
                .switchIfEmpty(Mono.defer(() -> fetching.computeIfAbsent(
                        name, key -> Mono.fromCallable(() -> fetch(object, folder.resolve(key)))
                                .subscribeOn(Schedulers.boundedElastic())
                                .doFinally(end -> fetching.remove(key))
                                .cache())));
    }

    private @Nullable Path touch(Path file) throws IOException {
        try {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return file;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private Path fetch(URI object, Path file) {
        makeRoom(store.stat(object).size());
        store.fetch(object, file);
        return file;
    }

    private void makeRoom(long needed) {
        making.lock();
        try (var listing = Files.list(folder)) {
            var files = new ArrayList<Path>(listing.filter(Files::isRegularFile).toList());
            files.sort(Comparator.comparingLong(file -> file.toFile().lastModified()));
            long held = files.stream().mapToLong(file -> file.toFile().length()).sum();
            for (var file : files) {
                if (held + needed <= most) {
                    return;
                }
                if (!isUnfinished(file)) {
                    held -= file.toFile().length();
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            log.warn("No room could be made for a film: {}", e.toString());
        } finally {
            making.unlock();
        }
    }

    private static String name(URI object) {
        var path = object.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public void destroy() {
        if (temporary != null) {
            temporary.close();
        }
    }
}
