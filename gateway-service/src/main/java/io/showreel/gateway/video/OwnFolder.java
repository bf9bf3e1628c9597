package io.showreel.gateway.video;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A temporary folder of this process alone, beside those of others. The lock on the file of its name ends with the
 * process however it ends, so whoever comes next sees what nobody uses any more, and removes it.
 */
final class OwnFolder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OwnFolder.class);
    private static final String LOCK = ".lock";

    /** Locks of this process, which it can't see as others' do; and opening one anew would end it. */
    private static final Set<Path> OURS = new HashSet<>();

    private final Path folder;
    private final Path lockFile;
    private final FileLock lock;

    private OwnFolder(Path folder, Path lockFile, FileLock lock) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /** Sweeps out what dead processes left in the parent and makes a new folder there. */
    static OwnFolder in(Path parent) throws IOException {
        synchronized (OURS) {
            Files.createDirectories(parent);
            // One process at a time, or a new folder could be swept out before its lock is held.
            try (var turns = open(parent.resolve("turns"));
                    var turn = turns.lock()) {
                sweep(parent);
                return make(parent);
            }
        }
    }

    private static OwnFolder make(Path parent) throws IOException {
        // For this user's eyes only, as temporary folders are.
        var folder = Files.createTempDirectory(parent, "films");
        var lockFile = Path.of(folder + LOCK);
        var lock = open(lockFile).lock();
        OURS.add(lockFile);
        return new OwnFolder(folder, lockFile, lock);
    }

    private static void sweep(Path parent) throws IOException {
        List<Path> lockFiles;
        try (var listing = Files.list(parent)) {
            lockFiles = listing.filter(file -> file.toString().endsWith(LOCK) && !OURS.contains(file))
                    .toList();
        }
        for (var lockFile : lockFiles) {
            try (var channel = open(lockFile);
                    var lock = channel.tryLock()) {
                if (lock != null) {
                    var left = lockFile.toString();
                    FileSystemUtils.deleteRecursively(Path.of(left.substring(0, left.length() - LOCK.length())));
                    Files.deleteIfExists(lockFile);
                }
            } catch (IOException e) {
                log.warn("What {} belongs to could not be removed: {}", lockFile, e.toString());
            }
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    Path path() {
        return folder;
    }

    @Override
    public void close() {
        synchronized (OURS) {
            try {
                FileSystemUtils.deleteRecursively(folder);
                Files.deleteIfExists(lockFile);
                lock.acquiredBy().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                OURS.remove(lockFile);
            }
        }
    }
}
