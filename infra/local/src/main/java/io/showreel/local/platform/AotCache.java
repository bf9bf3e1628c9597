package io.showreel.local.platform;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The ahead-of-time cache of one program: classes as they were after an earlier start, which halves the next one. Its
 * name holds all that it depends on, so that a changed jar, option or JDK simply finds no cache.
 */
record AotCache(Path file) {

    static AotCache of(Path folder, String name, List<Path> classPath, List<String> jvmOptions) {
        var identity = System.getProperty("java.vm.version") + classPath + jvmOptions;
        return new AotCache(
                folder.resolve("%s-%s.aot".formatted(name, sha256(identity).substring(0, 16))));
    }

    boolean exists() {
        return Files.exists(file);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
