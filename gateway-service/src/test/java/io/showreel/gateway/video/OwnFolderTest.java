package io.showreel.gateway.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        assertThat(parent).isDirectoryNotContaining("glob:**.lock");
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
