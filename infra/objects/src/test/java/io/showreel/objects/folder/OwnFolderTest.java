package io.showreel.objects.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnFolderTest {

    @TempDir
    private Path parent;

    @Test
    void what_killed_processes_left_is_swept_out_and_what_running_ones_hold_is_not() throws Exception {
        var holder = holder();
        try {
            var held = Path.of(holder.inputReader().readLine());
            Files.write(held.resolve("film.mp4"), new byte[10]);
            OwnFolder.in(parent).close();
            assertThat(held.resolve("film.mp4")).exists();

            holder.destroyForcibly().waitFor();
            OwnFolder.in(parent).close();
            assertThat(held).doesNotExist();
        } finally {
            holder.destroyForcibly();
        }
        assertThat(parent.toFile().list()).containsExactly(".lock");
    }

    @Test
    void a_process_that_died_before_its_folder_was_there_leaves_no_lock_behind() throws IOException {
        Files.createFile(parent.resolve("dead.lock"));
        OwnFolder.in(parent).close();
        assertThat(parent.resolve("dead.lock")).doesNotExist();
    }

    @Test
    void who_asks_for_it_is_told_of_a_dead_folder_before_it_is_removed() throws IOException {
        var file =
                Files.createFile(Files.createDirectory(parent.resolve("dead")).resolve("output"));
        Files.createFile(parent.resolve("dead.lock"));
        var told = new ArrayList<Path>();
        OwnFolder.in(parent, dead -> {
                    assertThat(file).exists();
                    told.add(dead);
                })
                .close();
        assertThat(told).containsExactly(parent.toRealPath().resolve("dead"));
        assertThat(file).doesNotExist();
    }

    @Test
    void a_process_that_ends_leaves_nothing() throws IOException {
        try (var folder = OwnFolder.in(parent)) {
            Files.createFile(folder.newFolder("work").resolve("output"));
        }
        assertThat(parent.toFile().list()).containsExactly(".lock");
    }

    @Test
    void folders_of_one_process_leave_each_other_alone() throws IOException {
        try (var one = OwnFolder.in(parent);
                var other = OwnFolder.in(parent)) {
            assertThat(one.path()).isDirectory().isNotEqualTo(other.path());
            assertThat(other.path()).isDirectory();
        }
    }

    private Process holder() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        parent.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Holds a folder until it is killed. */
    static final class Holder {

        public static void main(String[] arguments) throws Exception {
            System.out.println(OwnFolder.in(Path.of(arguments[0])).path());
            System.in.read();
        }
    }
}
