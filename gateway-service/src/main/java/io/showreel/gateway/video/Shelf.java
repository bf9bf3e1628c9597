package io.showreel.gateway.video;

import io.showreel.objects.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Films on the local disk, from where they are sent without passing through this process. Their names hold their sha256,
 * so a file that is there is right; the least recently asked for make room.
 */
@Component
class Shelf implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Shelf.class);

    private final ObjectStore store;
    private final Clock clock;
    private final Path folder;
    private final boolean temporary;
    private final long most;
    private final Map<String, Mono<Path>> fetching = new ConcurrentHashMap<>();
    private final ReentrantLock making = new ReentrantLock();

    Shelf(ObjectStore store, FilmSettings settings, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.most = settings.most().toBytes();
        this.temporary = settings.folder() == null;
        try {
            this.folder = settings.folder() == null
                    ? Files.createTempDirectory("showreel-films")
                    : Files.createDirectories(settings.folder());
        } catch (IOException e) {
            throw new UncheckedIOException("There is no place for films", e);
        }
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
        if (!Files.exists(file)) {
            return null;
        }
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        return file;
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
                held -= file.toFile().length();
                Files.deleteIfExists(file);
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
        if (temporary) {
            FileSystemUtils.deleteRecursively(folder.toFile());
        }
    }
}
