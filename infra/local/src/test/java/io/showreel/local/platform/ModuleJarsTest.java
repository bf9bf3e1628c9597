package io.showreel.local.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleJarsTest {

    @TempDir
    Path folder;

    @Test
    void folders_become_jars_named_for_their_module_and_their_content() throws IOException {
        var library = module("infra/library", "library.txt", "one", "");
        var service = module(
                "a-service",
                "io/service.txt",
                "two",
                library.resolve("target/classes").toString() + File.pathSeparator + "/repository/other.jar");
        var jars = new ModuleJars(folder.resolve("cache"));

        var classPath = jars.classPath(service);

        assertThat(classPath).hasSize(3);
        assertThat(classPath.get(0).getFileName().toString()).matches("a-service-[0-9a-f]{16}\\.jar");
        assertThat(classPath.get(1).getFileName().toString()).matches("library-[0-9a-f]{16}\\.jar");
        assertThat(classPath.get(2)).isEqualTo(Path.of("/repository/other.jar"));
        try (var jar = new JarFile(classPath.getFirst().toFile())) {
            assertThat(jar.getInputStream(jar.getEntry("io/service.txt")).readAllBytes())
                    .isEqualTo("two".getBytes());
            assertThat(jar.getEntry("io/").isDirectory()).isTrue();
        }
        assertThat(jars.classPath(service)).isEqualTo(classPath);
    }

    @Test
    void a_snapshot_that_the_next_build_replaces_is_copied() throws IOException {
        var snapshot = Files.writeString(folder.resolve("library-0.1.0-SNAPSHOT.jar"), "before");
        var service = module("a-service", "service.txt", "content", snapshot.toString());

        var copy = new ModuleJars(folder.resolve("cache")).classPath(service).get(1);
        Files.writeString(snapshot, "after");

        assertThat(copy.getFileName().toString()).matches("library-[0-9a-f]{16}\\.jar");
        assertThat(copy).hasContent("before");
    }

    @Test
    void changed_classes_make_another_jar() throws IOException {
        var service = module("a-service", "service.txt", "before", "");
        var jars = new ModuleJars(folder.resolve("cache"));
        var before = jars.classPath(service);

        Files.writeString(service.resolve("target/classes/service.txt"), "behind");

        assertThat(jars.classPath(service)).isNotEqualTo(before);
    }

    @Test
    void what_earlier_builds_left_is_forgotten_but_not_what_somebody_still_wants() throws IOException {
        var service = module("a-service", "service.txt", "before", "");
        var old = new ModuleJars(folder.resolve("cache")).classPath(service).getFirst();
        var wanted = Files.writeString(folder.resolve("cache/a-service.aot"), "learnt");
        Files.writeString(service.resolve("target/classes/service.txt"), "after");
        var jars = new ModuleJars(folder.resolve("cache"));
        var current = jars.classPath(service).getFirst();

        jars.forgetAllBut(Set.of(wanted));

        assertThat(old).doesNotExist();
        assertThat(current).exists();
        assertThat(wanted).exists();
    }

    @Test
    void a_module_that_was_not_compiled_is_named() {
        assertThatThrownBy(() -> new ModuleJars(folder).classPath(folder.resolve("a-service")))
                .hasMessageContaining("a-service is not compiled");
    }

    private Path module(String name, String file, String content, String classPath) throws IOException {
        var module = folder.resolve(name);
        var target = module.resolve("target/classes").resolve(file);
        Files.createDirectories(target.getParent());
        Files.writeString(target, content);
        Files.writeString(module.resolve("target/classpath"), classPath);
        return module;
    }
}
