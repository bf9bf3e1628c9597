package io.showreel.asset.media;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Finds which way up a photo was taken. Whatever can't be read means upright, as all viewers see it. */
final class ExifOrientation {

    private static final byte[] START = {'E', 'x', 'i', 'f', 0, 0};
    private static final int UPRIGHT = 1;
    private static final int LAST = 8;
    private static final int TAG = 0x0112;
    private static final int ENTRY_SIZE = 12;

    private ExifOrientation() {}

    static boolean startsLikeExif(byte[] said) {
        return said.length > START.length && Arrays.equals(START, 0, START.length, said, 0, START.length);
    }

    /** With the mark that JPEG puts before it. */
    static int read(byte[] exif) {
        return readBare(Arrays.copyOfRange(exif, START.length, exif.length));
    }

    static int readBare(byte[] tiff) {
        try {
            var bytes = ByteBuffer.wrap(tiff);
            bytes.order(bytes.getShort() == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            int directory = bytes.getInt(4);
            int entries = Short.toUnsignedInt(bytes.getShort(directory));
            for (int entry = 0; entry < entries; entry++) {
                int at = directory + 2 + entry * ENTRY_SIZE;
                if (Short.toUnsignedInt(bytes.getShort(at)) == TAG) {
                    int orientation = bytes.getShort(at + 8);
                    return orientation >= UPRIGHT && orientation <= LAST ? orientation : UPRIGHT;
                }
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            // Not what it says it is; see above.
        }
        return UPRIGHT;
    }
}
