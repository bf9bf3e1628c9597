package io.showreel.system.operate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** The source tree. */
final class Tree {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final List<String> SERVICES = List.of("asset", "gateway", "render", "selection", "stitch");

    private Tree() {}

    static String read(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files right in a folder whose names end so, in order. */
    static List<Path> files(String folder, String ending) {
        try (var files = Files.list(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files below a folder whose names end so, in order. */
    static List<Path> allFiles(String folder, String ending) {
        try (var files = Files.walk(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Object> yaml(String path) {
        return new Yaml().load(read(path));
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> yamls(String text) {
        return StreamSupport.stream(new Yaml().loadAll(text).spliterator(), false)
                .map(document -> (Map<String, Object>) document)
                .toList();
    }

    /**
     * Compares a generated file with what is in the tree, or writes it if the system property says so.
     *
     * @param writeProperty such as {@code showreel.configuration.write}
     */
    static boolean isCurrent(String path, String generated, String writeProperty) {
        try {
            if (Boolean.getBoolean(writeProperty)) {
                Files.writeString(ROOT.resolve(path), generated);
            }
            return Files.readString(ROOT.resolve(path)).equals(generated);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
