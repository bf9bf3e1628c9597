package io.showreel.local.supervision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** At most one launcher per folder: two would end each other's processes. The kernel frees the lock when we die. */
public final class InstanceLock implements AutoCloseable {

    private final FileChannel file;

    private InstanceLock(FileChannel file) {
        this.file = file;
    }

    /** The lock, unless somebody else has it. */
    public static Optional<InstanceLock> take(Path home) {
        try {
            Files.createDirectories(home);
            var file = FileChannel.open(
                    home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!isLocked(file)) {
                file.close();
                return Optional.empty();
            }
            file.truncate(0);
            file.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return Optional.of(new InstanceLock(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot lock " + home, e);
        }
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** The process that has the lock, as it wrote itself. */
    public static String holder(Path home) {
        try {
            return Files.readString(home.resolve("lock")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
