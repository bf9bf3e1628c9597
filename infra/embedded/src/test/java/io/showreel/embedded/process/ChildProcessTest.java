package io.showreel.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.embedded.process.Program.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void a_child_and_its_scratch_folder_go_when_the_parent_is_killed() throws Exception {
        var scratch = Files.createDirectory(folder.resolve("scratch"));
        var parent = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        scratch.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var child = ProcessHandle.of(Long.parseLong(parent.inputReader().readLine()))
                .orElseThrow();
        assertThat(Waiting.until(LONG, () -> child.descendants().findAny().isPresent()))
                .isTrue();
        var family = child.descendants().toList();

        parent.destroyForcibly();

        // The child ignores the polite signal, so this is the watchdog's last word.
        child.onExit().get(LONG.toSeconds(), TimeUnit.SECONDS);
        assertThat(Waiting.until(LONG, () -> family.stream().noneMatch(ProcessHandle::isAlive)))
                .isTrue();
        assertThat(Waiting.until(LONG, () -> Files.notExists(scratch))).isTrue();
    }

    @Test
    void a_child_is_asked_with_its_own_signal_before_it_is_killed() throws Exception {
        var child =
                start(StopSignal.INT, "trap 'echo in good order; exit 7' INT; echo up; while :; do sleep 0.05; done");
        assertThat(Waiting.until(LONG, () -> log().contains("up"))).isTrue();

        child.stop(LONG);

        assertThat(child.exit().get(1, TimeUnit.SECONDS)).isEqualTo(7);
        assertThat(log()).contains("in good order");
    }

    @Test
    void a_child_that_does_not_listen_is_killed_with_what_it_started() {
        var child = start(StopSignal.TERM, "trap '' TERM; sleep 600 & echo up; wait; sleep 600");
        assertThat(Waiting.until(LONG, () -> log().contains("up"))).isTrue();
        var family = ProcessHandle.of(child.pid()).orElseThrow().descendants().toList();
        assertThat(family).isNotEmpty();

        child.stop(Duration.ofMillis(200));

        assertThat(child.isAlive()).isFalse();
        assertThat(Waiting.until(LONG, () -> family.stream().noneMatch(ProcessHandle::isAlive)))
                .isTrue();
    }

    @Test
    void only_a_leftover_of_ours_is_ended() {
        var child = start(StopSignal.TERM, "exec sleep 600");
        assertThat(Waiting.until(LONG, () -> Leftovers.commandLine(child.pid()).contains("600")))
                .isTrue();

        assertThat(Leftovers.end(child.pid(), line -> line.contains("somebody else's"), StopSignal.TERM, LONG))
                .isFalse();
        assertThat(child.isAlive()).isTrue();
        assertThat(Leftovers.end(child.pid(), line -> line.contains("600"), StopSignal.TERM, LONG))
                .isTrue();
        assertThat(child.isAlive()).isFalse();
    }

    /** With signals as they are by default: a shell can't trap one that whoever runs the build ignores. */
    private ChildProcess start(StopSignal stop, String script) {
        var command = List.of("env", "--default-signal", "sh", "-c", script);
        var program = new Program("script", command, Map.of(), folder, stop);
        return ChildProcess.start(program, folder.resolve("log"));
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
