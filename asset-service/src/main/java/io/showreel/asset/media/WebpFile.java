package io.showreel.asset.media;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Walks a WebP, chunk by chunk, to the end that its header announces. */
final class WebpFile {

    private static final int LARGEST_SAID = 1024 * 1024;
    private static final int SIDE = 0x3FFF;

    private WebpFile() {}

    static Picture read(FileBytes bytes) throws IOException {
        bytes.skip(4);
        long end = bytes.nextLittleInt() + 8;
        bytes.skip(4);
        @Nullable Dimensions stored = null;
        int orientation = 1;
        var hasPixels = false;
        while (bytes.position() < end) {
            var name = new String(bytes.take(4), StandardCharsets.ISO_8859_1);
            long size = bytes.nextLittleInt();
            long next = bytes.position() + size + size % 2;
            // The padding of the last chunk is often left out.
            Picture.require(next <= end + 1);
            switch (name) {
                case "VP8X" -> stored = extended(bytes, size);
                case "VP8 " -> {
                    var frame = lossy(bytes, size);
                    stored = stored == null ? frame : stored;
                    hasPixels = true;
                }
                case "VP8L" -> {
                    var frame = lossless(bytes, size);
                    stored = stored == null ? frame : stored;
                    hasPixels = true;
                }
                case "ANIM", "ANMF" -> throw UnsupportedMedia.animated();
                case "EXIF", "XMP " -> {
                    Picture.require(size <= LARGEST_SAID);
                    var said = bytes.take((int) size);
                    HiddenContent.refuseIn(said);
                    if (name.equals("EXIF")) {
                        orientation = ExifOrientation.startsLikeExif(said)
                                ? ExifOrientation.read(said)
                                : ExifOrientation.readBare(said);
                    }
                }
                default -> {}
            }
            skipTo(bytes, Math.min(next, end));
        }
        if (stored == null || !hasPixels) {
            throw new Picture.MalformedException();
        }
        return new Picture(stored, orientation);
    }

    private static Dimensions extended(FileBytes bytes, long size) throws IOException {
        Picture.require(size >= 10);
        bytes.skip(4);
        return Dimensions.stored(little(bytes.take(3)) + 1, little(bytes.take(3)) + 1);
    }

    private static Dimensions lossy(FileBytes bytes, long size) throws IOException {
        Picture.require(size >= 10);
        var header = bytes.take(10);
        Picture.require((header[0] & 1) == 0);
        Picture.require((header[3] & 0xFF) == 0x9D && header[4] == 0x01 && header[5] == 0x2A);
        return Dimensions.stored(
                ((header[7] & 0xFF) << 8 | header[6] & 0xFF) & SIDE,
                ((header[9] & 0xFF) << 8 | header[8] & 0xFF) & SIDE);
    }

    private static Dimensions lossless(FileBytes bytes, long size) throws IOException {
        Picture.require(size >= 5 && bytes.next() == 0x2F);
        long packed = bytes.nextLittleInt();
        return Dimensions.stored((int) (packed & SIDE) + 1, (int) (packed >> 14 & SIDE) + 1);
    }

    private static void skipTo(FileBytes bytes, long position) throws IOException {
        if (bytes.position() > position) {
            throw new EOFException();
        }
        bytes.skip(position - bytes.position());
    }

    private static int little(byte[] three) {
        return three[0] & 0xFF | (three[1] & 0xFF) << 8 | (three[2] & 0xFF) << 16;
    }
}
