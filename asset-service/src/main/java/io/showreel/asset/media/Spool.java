package io.showreel.asset.media;

import io.showreel.web.ApiException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A file on its way in: written to disk as it comes and hashed on the way. As soon as its first bytes tell what it is,
 * it is refused if it can't be taken, and cut off when it gets too large for what it is.
 */
final class Spool implements AutoCloseable {

    private final UploadSettings settings;
    private final Path file;
    private final FileChannel channel;
    private final MessageDigest digest;
    private final byte[] head = new byte[MagicBytes.NEEDED];
    private long size;
    private @Nullable MediaFormat format;

    /** A file that is complete. */
    record Spooled(Path file, long size, String sha256, MediaFormat format) {}

    Spool(UploadSettings settings) throws IOException {
        this.settings = settings;
        this.file = SpoolFolder.newFile(settings.folder());
        this.channel = FileChannel.open(file, StandardOpenOption.WRITE);
        this.digest = sha256();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    void write(ByteBuffer bytes) throws IOException {
        keepHead(bytes.duplicate());
        size += bytes.remaining();
        if (format == null && size >= MagicBytes.NEEDED) {
            format = MagicBytes.tell(head);
        }
        if (format != null && size > settings.limitFor(format.type())) {
            throw tooLarge(format);
        }
        digest.update(bytes.duplicate());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    Spooled finish() throws IOException {
        channel.close();
        if (size == 0) {
            throw ApiException.invalid("file", "must not be empty");
        }
        var told = format == null ? MagicBytes.tell(Arrays.copyOf(head, (int) size)) : format;
        return new Spooled(file, size, hex(digest.digest()), told);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }

    private void keepHead(ByteBuffer bytes) {
        if (size < head.length) {
            bytes.get(head, (int) size, Math.min(bytes.remaining(), head.length - (int) size));
        }
    }

    private ApiException tooLarge(MediaFormat format) {
        return new ApiException(
                HttpStatus.CONTENT_TOO_LARGE,
                "payload_too_large",
                "The file is larger than the " + settings.limitFor(format.type()) / (1024 * 1024) + " MB that "
                        + format.contentType() + " may have.");
    }
}
