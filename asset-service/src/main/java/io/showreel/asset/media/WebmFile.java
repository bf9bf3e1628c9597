package io.showreel.asset.media;

import java.io.EOFException;
import java.io.IOException;

/**
 * Walks a WebM, element by element, to see whether its end is there. One that was streamed tells no sizes of what holds
 * others; then those that are held are walked. What is no WebM at all is left to who plays it.
 */
final class WebmFile {

    private static final long HEADER = 0x1A45DFA3L;
    private static final long SEGMENT = 0x18538067L;
    private static final int MOST_BYTES_OF_ID = 4;
    private static final int MOST_BYTES_OF_SIZE = 8;
    private static final long UNKNOWN = -1;
    private static final long NONE = -1;

    private final FileBytes bytes;

    private WebmFile(FileBytes bytes) {
        this.bytes = bytes;
    }

    /** @throws EOFException where it breaks off */
    static void walk(FileBytes bytes) throws IOException {
        new WebmFile(bytes).walk();
    }

    private void walk() throws IOException {
        if (id() != HEADER) {
            return;
        }
        skip(size());
        if (bytes.atEnd() || id() != SEGMENT) {
            return;
        }
        long segment = size();
        if (segment != UNKNOWN) {
            bytes.skip(segment);
            return;
        }
        while (!bytes.atEnd()) {
            Picture.require(id() != NONE);
            skip(size());
        }
    }

    /** What has no size is entered, which comes to walking what it holds. */
    private void skip(long size) throws IOException {
        if (size != UNKNOWN) {
            bytes.skip(size);
        }
    }

    private long id() throws IOException {
        int first = bytes.next();
        int length = lengthIn(first);
        return length > MOST_BYTES_OF_ID ? NONE : rest(first, length);
    }

    private long size() throws IOException {
        int first = bytes.next();
        int length = lengthIn(first);
        Picture.require(length <= MOST_BYTES_OF_SIZE);
        long size = rest(first & (0xFF >> length), length);
        return size == (1L << (7 * length)) - 1 ? UNKNOWN : size;
    }

    private long rest(int first, int length) throws IOException {
        long value = first;
        for (int i = 1; i < length; i++) {
            value = value << 8 | bytes.next();
        }
        return value;
    }

    /** The zeros before the first one tell how many bytes there are. */
    private static int lengthIn(int first) {
        return Integer.numberOfLeadingZeros(first) - 23;
    }
}
