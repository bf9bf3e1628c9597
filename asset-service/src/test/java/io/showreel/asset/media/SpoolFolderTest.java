package io.showreel.asset.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolFolderTest {

    private static final long NO_PROCESS = 999_999_999_999L;

    @TempDir
    Path folder;

    @Test
    void what_killed_processes_left_behind_goes_and_all_else_stays() throws IOException {
        Files.createFile(folder.resolve("upload-" + NO_PROCESS + "-1.part"));
        SpoolFolder.newFile(folder);
        var alive = ProcessHandle.current().parent().orElseThrow().pid();
        var ofAReplica = Files.createFile(folder.resolve("upload-" + alive + "-1.part"));
        var ofSomebody = Files.createFile(folder.resolve("holiday.jpg"));

        SpoolFolder.sweep(folder);

        try (var left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(ofAReplica, ofSomebody);
        }
    }

    @Test
    void a_folder_that_is_not_there_is_made_when_it_is_needed() throws IOException {
        var missing = folder.resolve("a/b");
        SpoolFolder.sweep(missing);
        assertThat(SpoolFolder.newFile(missing)).exists();
    }
}
