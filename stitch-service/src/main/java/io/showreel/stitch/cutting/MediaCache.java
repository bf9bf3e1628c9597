package io.showreel.stitch.cutting;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of objects on the local disk, so that what was fetched or made once needn't come over the network again. They
 * are linked into the folders that use them, and so may be evicted while they are in use; several instances may share
 * them. Who uses a file must not write to it.
 */
final class MediaCache {

    private static final Logger LOG = LoggerFactory.getLogger(MediaCache.class);

    private final Path folder;
    private final long most;

    /** @param most bytes that are kept; what was used least recently goes first */
    MediaCache(Path folder, long most) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.most = most;
    }

    /** Whether {@code into} has become a link to the object's file. */
    boolean link(URI object, Path into) throws IOException {
        var cached = fileOf(object);
        try {
            Files.createLink(into, cached);
            Files.setLastModifiedTime(cached, FileTime.from(Instant.now()));
            return true;
        } catch (NoSuchFileException absent) {
            return Files.exists(into);
        }
    }

    /** Keeps a complete file; a file larger than the whole cache is not kept. */
    void put(URI object, Path file) throws IOException {
        if (Files.size(file) > most) {
            return;
        }
        try {
            Files.createLink(fileOf(object), file);
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            evict(most);
        } catch (FileAlreadyExistsException kept) {
            LOG.trace("{} is cached already", object);
        }
    }

    /** Gives the disk back what it can. */
    void clear() throws IOException {
        evict(0);
    }

    private synchronized void evict(long target) throws IOException {
        record Entry(Path file, long size, Instant used) {}
        List<Entry> entries;
        try (var files = Files.list(folder)) {
            entries = files.flatMap(file -> {
                        try {
                            return Stream.of(new Entry(
                                    file,
                                    Files.size(file),
                                    Files.getLastModifiedTime(file).toInstant()));
                        } catch (IOException evictedBySomebodyElse) {
                            return Stream.empty();
                        }
                    })
                    .sorted(Comparator.comparing(Entry::used))
                    .toList();
        }
        long total = entries.stream().mapToLong(Entry::size).sum();
        for (var entry : entries) {
            if (total <= target) {
                return;
            }
            Files.deleteIfExists(entry.file());
            total -= entry.size();
        }
    }

    /** Objects are named by their content, so that a name says all. */
    private Path fileOf(URI object) {
        return folder.resolve((object.getAuthority() + object.getPath()).replaceAll("[^A-Za-z0-9.-]", "_"));
    }
}
