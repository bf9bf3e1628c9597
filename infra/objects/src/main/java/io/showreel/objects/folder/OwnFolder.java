package io.showreel.objects.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A temporary folder of this process alone, beside those of others. The lock on the file of its name ends with the
 * process however it ends, so whoever comes next sees what nobody uses any more, and removes it.
 */
public final class OwnFolder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OwnFolder.class);
    private static final String LOCK = ".lock";

    /** Locks of this process, which it can't see as others' do; and opening one anew would end it. */
    private static final Set<Path> OURS = new HashSet<>();

    private final Path folder;
    private final FileLock lock;

    private OwnFolder(Path folder, FileLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Removes what dead processes left in the parent, which is made if need be, and makes a new folder there. */
    public static OwnFolder in(Path parent) throws IOException {
        return in(parent, dead -> {});
    }

    /**
     * The same.
     *
     * @param beforeRemoval is told each folder of a dead process, and may end what still works in it
     */
    public static OwnFolder in(Path parent, Consumer<Path> beforeRemoval) throws IOException {
        var root = Files.createDirectories(parent).toRealPath();
        synchronized (OURS) {
            // One process at a time, or a new lock file could be removed before it is locked.
            try (var turns = open(root.resolve(LOCK));
                    var turn = turns.lock()) {
                removeDead(root, beforeRemoval);
                return make(root.resolve(UUID.randomUUID().toString()));
            }
        }
    }

    private static OwnFolder make(Path folder) throws IOException {
        var lockFile = lockOf(folder);
        var lock = open(lockFile).lock();
        OURS.add(lockFile);
        // For this user's eyes only, as temporary folders are.
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return new OwnFolder(folder, lock);
    }

    private static void removeDead(Path root, Consumer<Path> beforeRemoval) throws IOException {
        for (var lockFile : locksIn(root)) {
            try (var channel = open(lockFile);
                    var lock = channel.tryLock()) {
                if (lock != null) {
                    var folder = folderOf(lockFile);
                    beforeRemoval.accept(folder);
                    FileSystemUtils.deleteRecursively(folder);
                    Files.deleteIfExists(lockFile);
                    log.info("Removed {}, which a dead process left", folder);
                }
            } catch (IOException e) {
                log.warn("What {} belongs to could not be removed: {}", lockFile, e.toString());
            }
        }
    }

    private static List<Path> locksIn(Path root) throws IOException {
        try (var files = Files.list(root)) {
            return files.filter(file -> !file.endsWith(LOCK) && file.toString().endsWith(LOCK))
                    .filter(file -> !OURS.contains(file))
                    .toList();
        }
    }

    private static Path lockOf(Path folder) {
        return folder.resolveSibling(folder.getFileName() + LOCK);
    }

    private static Path folderOf(Path lockFile) {
        var name = lockFile.getFileName().toString();
        return lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length()));
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    public Path path() {
        return folder;
    }

    /** An empty folder in this one. */
    public Path newFolder(String prefix) throws IOException {
        return Files.createTempDirectory(folder, prefix);
    }

    /** Removes the folder with all that is in it. */
    @Override
    public void close() throws IOException {
        synchronized (OURS) {
            try {
                FileSystemUtils.deleteRecursively(folder);
                Files.deleteIfExists(lockOf(folder));
                lock.acquiredBy().close();
            } finally {
                OURS.remove(lockOf(folder));
            }
        }
    }
}
