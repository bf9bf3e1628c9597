package io.showreel.render.scratch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Temporary folders. Each instance keeps its own in one folder, beside a file that it holds locked while it lives; at
 * its start it removes the folders whose lock is free, since whoever held it was killed.
 */
@Component
public class Scratch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Scratch.class);
    private static final String LOCK = ".lock";

    /** Instances of this JVM: to open and close their lock files would free them, as POSIX locks are the process's. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path instance;
    private final FileChannel lock;

    Scratch(ScratchSettings settings) throws IOException {
        var root = Files.createDirectories(settings.folder()).toRealPath();
        synchronized (Scratch.class) {
            // One at a time, so that nobody clears away an instance that has not locked its file yet.
            try (var gate = open(root.resolve(LOCK))) {
                gate.lock();
                clearUpAfterTheDead(root);
                this.instance = root.resolve(UUID.randomUUID().toString());
                this.lock = open(lockOf(instance));
                lock.lock();
                OWN.add(instance);
                Files.createDirectory(instance);
            }
        }
    }

    /** An empty folder, which its user removes. */
    public Path newFolder() throws IOException {
        return Files.createTempDirectory(instance, "");
    }

    /** The instance's one folder of that name, for what is kept as long as it lives. */
    public Path folder(String name) throws IOException {
        return Files.createDirectories(instance.resolve(name));
    }

    @Override
    public void close() throws IOException {
        FileSystemUtils.deleteRecursively(instance);
        Files.deleteIfExists(lockOf(instance));
        lock.close();
        OWN.remove(instance);
    }

    private static void clearUpAfterTheDead(Path root) throws IOException {
        for (var other : instancesIn(root)) {
            if (!OWN.contains(other) && isDead(other)) {
                FileSystemUtils.deleteRecursively(other);
                Files.deleteIfExists(lockOf(other));
                log.info("Cleared up after an instance that died: {}", other);
            }
        }
    }

    private static List<Path> instancesIn(Path root) throws IOException {
        var instances = new ArrayList<Path>();
        try (var entries = Files.list(root)) {
            entries.filter(Files::isDirectory).forEach(instances::add);
        }
        return instances;
    }

    private static boolean isDead(Path other) throws IOException {
        try (var channel = open(lockOf(other));
                var free = channel.tryLock()) {
            return free != null;
        }
    }

    private static Path lockOf(Path instance) {
        return instance.resolveSibling(instance.getFileName() + LOCK);
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
