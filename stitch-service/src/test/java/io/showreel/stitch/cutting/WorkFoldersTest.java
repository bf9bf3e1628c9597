package io.showreel.stitch.cutting;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.stitch.assembly.CutId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFoldersTest {

    private static final CutId CUT = new CutId(7, 1);

    @TempDir
    private Path workDir;

    @Test
    void a_folder_is_new_for_each_piece_of_work() throws Exception {
        try (var folders = new WorkFolders(workDir)) {
            var first = folders.create(CUT, 1);
            Files.writeString(first.resolve("left-behind"), "by a worker that was interrupted");

            assertThat(folders.create(CUT, 2)).isNotEqualTo(first).isEmptyDirectory();
            assertThat(folders.create(CUT, 1)).isNotEqualTo(first).isEmptyDirectory();
        }
        assertThat(workDir).isDirectoryNotContaining(file -> Files.isDirectory(file));
    }

    @Test
    void the_living_keep_their_folders_and_processes() throws Exception {
        var other = Other.start(workDir);
        try (var first = new WorkFolders(workDir)) {
            var mine = first.create(CUT, 1);
            try (var second = new WorkFolders(workDir)) {
                assertThat(second.create(CUT, 2)).exists();
            }
            assertThat(mine).exists();
            assertThat(other.folder()).exists();
            assertThat(other.child().isAlive()).isTrue();
        } finally {
            other.kill();
            other.child().destroyForcibly();
        }
    }

    @Test
    void what_an_instance_left_that_was_killed_is_ended_and_removed() throws Exception {
        var dead = Other.start(workDir);
        dead.kill();
        assertThat(dead.child().isAlive()).as("it outlives its parent").isTrue();

        try (var folders = new WorkFolders(workDir)) {
            assertThat(folders.create(CUT, 1)).exists();
            assertThat(dead.folder()).doesNotExist();
            assertThat(dead.child().isAlive()).isFalse();
        }
    }

    /** Another instance, in a JVM of its own, with a process at work in its folder. */
    private record Other(Process process, Path folder, ProcessHandle child) {

        static Other start(Path workDir) throws IOException {
            var process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            workDir.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var said = process.inputReader().readLine().split(" ");
            return new Other(
                    process,
                    Path.of(said[0]),
                    ProcessHandle.of(Long.parseLong(said[1])).orElseThrow());
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }

    /** Works until it is killed. */
    static final class Main {
        public static void main(String[] args) throws Exception {
            var folder = new WorkFolders(Path.of(args[0])).create(CUT, 1);
            var builder = new ProcessBuilder("sleep", "600").directory(folder.toFile());
            builder.environment().put(WorkFolders.MARK, folder.toString());
            System.out.println(folder + " " + builder.start().pid());
            Thread.currentThread().join();
        }
    }
}
