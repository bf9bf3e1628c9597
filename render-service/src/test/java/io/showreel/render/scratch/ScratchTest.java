package io.showreel.render.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {

    @TempDir
    private Path root;

    @Test
    void what_a_killed_process_left_is_removed_at_the_next_start() throws Exception {
        var dead = Files.createDirectories(root.resolve("dead/work")).getParent();
        Files.writeString(dead.resolve("work/output"), "half a film");
        Files.createFile(root.resolve("dead.lock"));

        try (var scratch = ScratchFixture.in(root)) {
            assertThat(scratch.newFolder()).isEmptyDirectory();
            assertThat(dead).doesNotExist();
            assertThat(root.resolve("dead.lock")).doesNotExist();
        }
    }

    @Test
    void what_another_instance_works_on_stays() throws Exception {
        try (var first = ScratchFixture.in(root)) {
            var file = Files.createFile(first.newFolder().resolve("output"));
            try (var second = ScratchFixture.in(root)) {
                assertThat(second.newFolder()).exists();
                assertThat(file).exists();
            }
            assertThat(file).exists();
        }
    }

    @Test
    void an_instance_that_ends_leaves_nothing() throws Exception {
        try (var scratch = ScratchFixture.in(root)) {
            Files.createFile(scratch.newFolder().resolve("output"));
        }
        try (var left = Files.list(root)) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).containsExactly(".lock");
        }
    }
}
