package io.showreel.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.embedded.process.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {

    @TempDir
    Path home;

    @Test
    void a_process_of_an_earlier_run_is_ended() throws IOException {
        var left = sleeper(home.toString());
        new PidFiles(home).write("service", left.pid());

        assertThat(new PidFiles(home).endLeftovers()).containsExactly("service");

        assertThat(left.isAlive()).isFalse();
        assertThat(home.resolve("run")).isEmptyDirectory();
    }

    @Test
    void a_number_that_by_now_is_somebody_elses_harms_nobody() throws IOException {
        var stranger = sleeper("/somewhere/else");
        try {
            new PidFiles(home).write("service", stranger.pid());

            assertThat(new PidFiles(home).endLeftovers()).isEmpty();

            assertThat(stranger.isAlive()).isTrue();
            assertThat(home.resolve("run")).isEmptyDirectory();
        } finally {
            stranger.descendants().forEach(ProcessHandle::destroyForcibly);
            stranger.destroyForcibly();
        }
    }

    @Test
    void a_second_launcher_over_the_same_folder_is_refused_until_the_first_is_gone() {
        try (var first = InstanceLock.take(home).orElseThrow()) {
            assertThat(InstanceLock.take(home)).isEmpty();
            assertThat(InstanceLock.holder(home))
                    .isEqualTo(Long.toString(ProcessHandle.current().pid()));
            assertThat(first).isNotNull();
        }
        assertThat(InstanceLock.take(home)).hasValueSatisfying(InstanceLock::close);
    }

    /** Its own session, as all children of a supervisor have. */
    private static Process sleeper(String argument) throws IOException {
        var process = new ProcessBuilder("setsid", "sh", "-c", "sleep 600; :", "sleeper", argument).start();
        assertThat(Waiting.until(
                        Duration.ofSeconds(10),
                        () -> process.descendants().findAny().isPresent()))
                .isTrue();
        return process;
    }
}
