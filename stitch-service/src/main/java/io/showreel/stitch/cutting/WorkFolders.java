package io.showreel.stitch.cutting;

import io.showreel.stitch.assembly.CutId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The temporary folders of cuts. Each instance has a folder of its own in the work directory, beside a file that it
 * keeps locked while it lives. At its start an instance clears up after the dead: of a folder whose lock is free it ends
 * the processes and removes the files.
 */
public final class WorkFolders implements AutoCloseable {

    /** Environment variable of each process that works in a folder; its value is the folder. */
    public static final String MARK = "SHOWREEL_WORK_FOLDER";

    private static final Logger LOG = LoggerFactory.getLogger(WorkFolders.class);
    private static final String LOCK = ".lock";
    private static final String CACHE = "cache";

    /** Instances of this JVM: to open and close their lock files would free them, as POSIX locks are the process's. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path instance;
    private final FileChannel lock;

    public WorkFolders(Path workDir) throws IOException {
        var root = Files.createDirectories(workDir).toRealPath();
        synchronized (WorkFolders.class) {
            // One at a time, so that nobody clears away an instance that has not locked its file yet.
            try (var gate = open(root.resolve(LOCK));
                    var passed = gate.lock()) {
                clearUpAfterTheDead(root);
                this.instance = root.resolve(UUID.randomUUID().toString());
                this.lock = open(lockOf(instance));
                lock.lock();
                OWN.add(instance);
                Files.createDirectory(instance);
            }
        }
    }

    /** The folder of a work directory that outlives the instances. */
    static Path cacheIn(Path workDir) {
        return workDir.resolve(CACHE);
    }

    /** An empty folder for one piece of work for a cut. */
    public Path create(CutId cut, long epoch) throws IOException {
        var name = "job-%d-cut-%d-epoch-%d-".formatted(cut.jobId(), cut.cut(), epoch);
        return Files.createTempDirectory(instance, name);
    }

    /** Removes a folder with all that is in it, if it is there. */
    public static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        remove(instance);
        Files.deleteIfExists(lockOf(instance));
        lock.close();
        OWN.remove(instance);
    }

    private static void clearUpAfterTheDead(Path root) throws IOException {
        for (var other : instancesIn(root)) {
            if (!OWN.contains(other) && isDead(other)) {
                endProcessesOf(other);
                remove(other);
                Files.deleteIfExists(lockOf(other));
                LOG.info("Cleared up after an instance that died: {}", other);
            }
        }
    }

    private static List<Path> instancesIn(Path root) throws IOException {
        var instances = new ArrayList<Path>();
        try (var entries = Files.list(root)) {
            entries.filter(Files::isDirectory)
                    .filter(folder -> !folder.endsWith(CACHE))
                    .forEach(instances::add);
        }
        return instances;
    }

    private static boolean isDead(Path other) throws IOException {
        try (var channel = open(lockOf(other));
                var free = channel.tryLock()) {
            return free != null;
        }
    }

    private static void endProcessesOf(Path folder) {
        ProcessHandle.allProcesses().filter(process -> worksIn(process, folder)).forEach(process -> {
            LOG.info("Ending process {} of a lease that died", process.pid());
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    private static boolean worksIn(ProcessHandle process, Path folder) {
        try {
            var environment = Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "environ"), StandardCharsets.ISO_8859_1);
            return List.of(environment.split("\0")).stream()
                    .anyMatch(variable -> variable.startsWith(MARK + "=" + folder));
        } catch (IOException | UncheckedIOException goneOrForeign) {
            return false;
        }
    }

    private static Path lockOf(Path instance) {
        return instance.resolveSibling(instance.getFileName() + LOCK);
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
