package io.showreel.asset.media;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The bytes of a file from its beginning to its end; asking for more than there is is an {@link EOFException}. */
final class FileBytes implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private long before;

    FileBytes(Path file) throws IOException {
        this.in = Files.newInputStream(file);
    }

    /** How many bytes were read or skipped. */
    long position() {
        return before + at;
    }

    boolean atEnd() throws IOException {
        if (at == end) {
            before += end;
            at = 0;
            end = Math.max(0, in.read(buffer));
        }
        return at == end;
    }

    int next() throws IOException {
        if (atEnd()) {
            throw new EOFException();
        }
        return buffer[at++] & 0xFF;
    }

    /** A number of two bytes, the big one first. */
    int nextShort() throws IOException {
        return next() << 8 | next();
    }

    /** A number of four bytes without sign, the big one first. */
    long nextInt() throws IOException {
        return (long) nextShort() << 16 | nextShort();
    }

    /** A number of four bytes without sign, the little one first. */
    long nextLittleInt() throws IOException {
        return Integer.toUnsignedLong(Integer.reverseBytes((int) nextInt()));
    }

    byte[] take(int count) throws IOException {
        var taken = new byte[count];
        for (int done = 0; done < count; ) {
            var block = block(count - done);
            System.arraycopy(block, 0, taken, done, block.length);
            done += block.length;
        }
        return taken;
    }

    void skip(long count) throws IOException {
        int buffered = (int) Math.min(end - at, count);
        at += buffered;
        if (buffered < count) {
            before += end + count - buffered;
            at = 0;
            end = 0;
            in.skipNBytes(count - buffered);
        }
    }

    /** What comes next, at least one byte and at most as many as wanted. */
    byte[] block(long wanted) throws IOException {
        if (atEnd()) {
            throw new EOFException();
        }
        var from = at;
        at += (int) Math.min(end - at, wanted);
        return Arrays.copyOfRange(buffer, from, at);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
