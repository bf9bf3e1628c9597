package io.showreel.local.platform;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Jars of what the build left as folders of classes or as snapshots. A running service must not see classes change under it when
 * somebody compiles, and an ahead-of-time cache accepts only jars. A jar's name holds the sha256 of its content.
 */
public final class ModuleJars {

    private final Path cache;
    private final Set<Path> used = ConcurrentHashMap.newKeySet();

    public ModuleJars(Path cache) {
        this.cache = cache;
    }

    /** The class path of a module: its own classes first, then what the build listed; every entry a jar. */
    public List<Path> classPath(Path module) {
        var list = module.resolve("target/classpath");
        var classes = module.resolve("target/classes");
        if (!Files.isRegularFile(list) || !Files.isDirectory(classes)) {
            throw new IllegalStateException(
                    "%s is not compiled; ./mvnw spring-boot:run at the root does that".formatted(module));
        }
        try {
            var entries = new ArrayList<Path>();
            entries.add(classes);
            Stream.of(Files.readString(list).strip().split(File.pathSeparator))
                    .filter(entry -> !entry.isBlank())
                    .map(Path::of)
                    .forEach(entries::add);
            return entries.stream().map(this::settled).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a build may change while the service runs is copied; released jars stay where they are. */
    private Path settled(Path entry) {
        if (Files.isDirectory(entry)) {
            return jar(entry);
        }
        return entry.getFileName().toString().endsWith("-SNAPSHOT.jar") ? copy(entry) : entry;
    }

    private Path copy(Path jar) {
        try {
            Files.createDirectories(cache);
            var bytes = Files.readAllBytes(jar);
            var name = jar.getFileName().toString().replaceFirst("-[0-9.]+-SNAPSHOT\\.jar$", "");
            var sha256 = HexFormat.of().formatHex(sha256().digest(bytes));
            return keep(Files.write(Files.createTempFile(cache, "module", ".tmp"), bytes), name, sha256);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy " + jar, e);
        }
    }

    private Path keep(Path draft, String name, String sha256) throws IOException {
        var jar = cache.resolve("%s-%s.jar".formatted(name, sha256.substring(0, 16)));
        if (Files.exists(jar)) {
            Files.delete(draft);
        } else {
            Files.move(draft, jar, StandardCopyOption.ATOMIC_MOVE);
        }
        used.add(jar);
        return jar;
    }

    /** Deletes what earlier builds left in the cache; only for who is alone with it. */
    void forgetAllBut(Set<Path> others) {
        try (var files = Files.list(cache)) {
            for (var file : files.filter(file -> !used.contains(file) && !others.contains(file))
                    .toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot clean " + cache, e);
        }
    }

    private Path jar(Path classes) {
        try {
            Files.createDirectories(cache);
            var draft = Files.createTempFile(cache, "module", ".tmp");
            return keep(draft, moduleName(classes), write(classes, draft));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot jar " + classes, e);
        }
    }

    /** {@code <module>/target/classes} is named for the module. */
    private static String moduleName(Path classes) {
        return classes.toAbsolutePath()
                .normalize()
                .getName(classes.toAbsolutePath().normalize().getNameCount() - 3)
                .toString();
    }

    private static String write(Path classes, Path jar) throws IOException {
        var digest = sha256();
        List<Path> files;
        try (var paths = Files.walk(classes)) {
            files = paths.filter(path -> !path.equals(classes)).sorted().toList();
        }
        try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(jar)))) {
            zip.setLevel(0);
            for (var file : files) {
                // Folders have entries of their own: Spring finds components by listing packages.
                var folder = Files.isDirectory(file);
                var name = classes.relativize(file) + (folder ? "/" : "");
                var bytes = folder ? new byte[0] : Files.readAllBytes(file);
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
                var entry = new ZipEntry(name);
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(bytes);
                zip.closeEntry();
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
