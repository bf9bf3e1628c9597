package io.showreel.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.showreel.embedded.process.Leftovers;
import io.showreel.embedded.process.Program;
import io.showreel.embedded.process.Program.StopSignal;
import io.showreel.embedded.process.Server;
import io.showreel.embedded.process.Waiting;
import io.showreel.local.supervision.Supervisor.RunningPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Backoff QUICK =
            new Backoff(Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMinutes(1));

    @TempDir
    Path home;

    private final List<String> story = new CopyOnWriteArrayList<>();
    private Supervisor supervisor;

    @BeforeEach
    void make() {
        supervisor = new Supervisor(home, QUICK, new Story());
    }

    @AfterEach
    void close() {
        supervisor.close();
    }

    @Test
    void a_part_starts_after_those_it_needs_and_ends_before_them() throws Exception {
        supervisor.start(List.of(part("database"), part("service", "database")));
        supervisor.awaitReady(LONG);
        assertThat(story).containsExactly("database ready", "service ready");

        supervisor.close();

        assertThat(Files.readAllLines(home.resolve("order"))).containsExactly("service ends", "database ends");
        assertThat(supervisor.running()).isEmpty();
    }

    @Test
    void a_killed_part_is_started_again_under_a_new_number() throws Exception {
        supervisor.start(List.of(part("service")));
        supervisor.awaitReady(LONG);
        var first = pid();

        ProcessHandle.of(first).orElseThrow().destroyForcibly();

        assertThat(Waiting.until(LONG, () -> story.contains("service ready again")))
                .isTrue();
        assertThat(story).containsExactly("service ready", "service died with 137", "service ready again");
        assertThat(pid()).isNotEqualTo(first);
        assertThat(Files.readString(home.resolve("run/service.pid")).strip()).isEqualTo(Long.toString(pid()));
    }

    @Test
    void what_a_killed_part_had_started_goes_with_it() throws Exception {
        supervisor.start(
                List.of(new Part("service", 0, List.of(), new Script("service", "sleep 600 & touch \"$1\"; wait"))));
        supervisor.awaitReady(LONG);
        var child = ProcessHandle.of(pid()).orElseThrow().children().findFirst().orElseThrow();

        ProcessHandle.of(pid()).orElseThrow().destroyForcibly();

        assertThat(Waiting.until(LONG, () -> !child.isAlive())).isTrue();
    }

    @Test
    void a_part_that_never_comes_up_fails_the_start_and_its_log_is_named() {
        supervisor.start(
                List.of(new Part("service", 0, List.of(), new Script("service", "echo no disk left; exit 3"))));

        assertThatThrownBy(() -> supervisor.awaitReady(LONG))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("service died")
                .hasMessageContaining("service.log")
                .hasMessageContaining("no disk left");
        assertThat(story).contains("service died with 3");
    }

    @Test
    void closing_leaves_no_process_and_no_pid_file_even_while_parts_start() throws Exception {
        supervisor.start(List.of(part("one"), part("two"), part("three", "two")));

        supervisor.close();

        assertThat(ProcessHandle.allProcesses()
                        .filter(process -> Leftovers.commandLine(process.pid()).contains(home.toString())))
                .isEmpty();
        assertThat(home.resolve("run")).satisfiesAnyOf(run -> assertThat(run).doesNotExist(), run -> assertThat(run)
                .isEmptyDirectory());
    }

    @Test
    void each_death_in_a_row_doubles_the_wait_up_to_a_limit() {
        var backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(3), Duration.ofMinutes(1));

        assertThat(List.of(1, 2, 3, 4, 50).stream().map(backoff::after))
                .containsExactly(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(3));
    }

    private long pid() {
        return supervisor.running().stream()
                .mapToLong(RunningPart::pid)
                .findFirst()
                .orElseThrow();
    }

    private Part part(String name, String... needs) {
        var script = "trap 'echo %s ends >> \"$2/order\"; exit 0' TERM; touch \"$1\"; while :; do sleep 0.02; done";
        return new Part(name, 0, List.of(needs), new Script(name, script.formatted(name)));
    }

    /** A shell script that is ready when it has touched the file that is its first argument. */
    private final class Script implements Server {

        private final String name;
        private final String script;

        Script(String name, String script) {
            this.name = name;
            this.script = script;
        }

        @Override
        public Program prepare() {
            try {
                Files.deleteIfExists(ready());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            var command = List.of("sh", "-c", script, name, ready().toString(), home.toString());
            return new Program(name, command, Map.of(), home, StopSignal.TERM);
        }

        @Override
        public boolean isReady() {
            return Files.exists(ready());
        }

        private Path ready() {
            return home.resolve(name + ".ready");
        }
    }

    private final class Story implements SupervisionLog {

        @Override
        public void ready(Part part, Duration after, boolean firstTime) {
            story.add(part.name() + (firstTime ? " ready" : " ready again"));
        }

        @Override
        public void died(Part part, int exitCode, Path log) {
            story.add(part.name() + " died with " + exitCode);
        }

        @Override
        public void failed(Part part, RuntimeException cause) {
            story.add(part.name() + " failed");
        }
    }
}
