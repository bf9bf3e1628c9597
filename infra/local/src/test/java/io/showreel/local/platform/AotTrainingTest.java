package io.showreel.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.embedded.process.Program;
import io.showreel.embedded.process.Program.StopSignal;
import io.showreel.embedded.process.Waiting;
import io.showreel.local.platform.AotTraining.Lesson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotTrainingTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void a_program_that_was_trained_once_starts_from_its_cache() throws IOException {
        var service = service();
        assertThat(service.prepare().command()).noneMatch(argument -> argument.startsWith("-XX:AOTCache"));
        var finished = new AtomicBoolean();

        try (var training = new AotTraining(List.of(service.lesson().orElseThrow()), folder)) {
            training.start(() -> finished.set(true));
            assertThat(Waiting.until(LONG, finished::get)).isTrue();
        }

        assertThat(service.prepare().command()).anyMatch(argument -> argument.startsWith("-XX:AOTCache="));
        assertThat(service.lesson()).isEmpty();
    }

    @Test
    void a_lesson_that_teaches_nothing_leaves_no_cache_and_does_not_stop_the_next() throws Exception {
        var finished = new AtomicBoolean();
        var fails = lesson("one", "exit 1");
        var works = lesson("two", "echo learnt > two.draft");

        try (var training = new AotTraining(List.of(fails, works), folder)) {
            training.start(() -> finished.set(true));
            assertThat(Waiting.until(LONG, finished::get)).isTrue();
        }

        assertThat(fails.cache()).doesNotExist();
        assertThat(works.cache()).hasContent("learnt");
        assertThat(works.draft()).doesNotExist();
    }

    @Test
    void closing_ends_a_lesson_at_once() {
        var finished = new AtomicBoolean();
        var training = new AotTraining(List.of(lesson("long", "echo begun; sleep 600")), folder);
        training.start(() -> finished.set(true));
        assertThat(Waiting.until(LONG, () -> Files.exists(folder.resolve("long.log"))))
                .isTrue();

        training.close();

        assertThat(ProcessHandle.current()
                        .descendants()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains("sleep 600")))
                .isEmpty();
        assertThat(finished).isFalse();
    }

    private Lesson lesson(String name, String script) {
        var program = new Program(name, List.of("sh", "-c", script), Map.of(), folder, StopSignal.TERM);
        return new Lesson(program, folder.resolve(name + ".draft"), folder.resolve(name + ".aot"));
    }

    private JavaService service() throws IOException {
        var module = folder.resolve("hello");
        var inside = Hello.class.getName().replace('.', '/') + ".class";
        var classFile = module.resolve("target/classes").resolve(inside);
        Files.createDirectories(classFile.getParent());
        Files.writeString(module.resolve("target/classpath"), "");
        try (var bytes = Hello.class.getClassLoader().getResourceAsStream(inside)) {
            Files.copy(bytes, classFile);
        }
        return new JavaService(new JavaService.Start(
                "hello",
                "hello",
                Hello.class.getName(),
                new ModuleJars(folder.resolve("cache")).classPath(module),
                List.of("-XX:+UseSerialGC"),
                Map.of(),
                Map.of(),
                folder,
                URI.create("http://localhost:1/")));
    }
}
