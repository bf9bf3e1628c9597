package io.showreel.stitch.cutting;

import io.showreel.objects.folder.OwnFolder;
import io.showreel.stitch.assembly.CutId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The temporary folders of cuts. Each instance has a folder of its own in the work directory. At its start an instance
 * clears up after the dead: it ends the processes that work in their folders and removes the files.
 */
public final class WorkFolders implements AutoCloseable {

    /** Environment variable of each process that works in a folder; its value is the folder. */
    public static final String MARK = "SHOWREEL_WORK_FOLDER";

    private static final Logger LOG = LoggerFactory.getLogger(WorkFolders.class);
    private static final String CACHE = "cache";

    private final OwnFolder instance;

    public WorkFolders(Path workDir) throws IOException {
        this.instance = OwnFolder.in(workDir, WorkFolders::endProcessesOf);
    }

    /** The folder of a work directory that outlives the instances. */
    static Path cacheIn(Path workDir) {
        return workDir.resolve(CACHE);
    }

    /** An empty folder for one piece of work for a cut. */
    public Path create(CutId cut, long epoch) throws IOException {
        return instance.newFolder("job-%d-cut-%d-epoch-%d-".formatted(cut.jobId(), cut.cut(), epoch));
    }

    @Override
    public void close() throws IOException {
        instance.close();
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
}
