package io.showreel.asset.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Walks a PNG, chunk by chunk and with their checksums, to the chunk that ends it. Nothing is decompressed. */
final class PngFile {

    private static final int SIGNATURE = 8;
    private static final int HEADER_SIZE = 13;
    private static final int LARGEST_SAID = 1024 * 1024;
    private static final Set<String> SAYING = Set.of("tEXt", "iTXt", "zTXt", "eXIf");

    private PngFile() {}

    static Picture read(FileBytes bytes) throws IOException {
        bytes.skip(SIGNATURE);
        @Nullable Dimensions stored = null;
        int orientation = 1;
        var hasPixels = false;
        while (true) {
            long size = bytes.nextInt();
            Picture.require(size <= Integer.MAX_VALUE);
            var type = bytes.take(4);
            var checksum = new CRC32();
            checksum.update(type);
            var name = new String(type, StandardCharsets.ISO_8859_1);
            Picture.require((stored == null) == name.equals("IHDR"));
            if (stored == null) {
                Picture.require(size == HEADER_SIZE);
                var header = take(bytes, HEADER_SIZE, checksum);
                stored = Dimensions.stored(number(header, 0), number(header, 4));
            } else if (SAYING.contains(name)) {
                Picture.require(size <= LARGEST_SAID);
                var said = take(bytes, (int) size, checksum);
                HiddenContent.refuseIn(said);
                orientation = name.equals("eXIf") ? ExifOrientation.readBare(said) : orientation;
            } else {
                skip(bytes, size, checksum);
            }
            hasPixels |= name.equals("IDAT") && size > 0;
            Picture.require(bytes.nextInt() == checksum.getValue());
            if (name.equals("IEND")) {
                Picture.require(hasPixels);
                return new Picture(stored, orientation);
            }
        }
    }

    private static byte[] take(FileBytes bytes, int count, CRC32 checksum) throws IOException {
        var taken = bytes.take(count);
        checksum.update(taken);
        return taken;
    }

    private static void skip(FileBytes bytes, long count, CRC32 checksum) throws IOException {
        for (long left = count; left > 0; ) {
            var block = bytes.block(left);
            checksum.update(block);
            left -= block.length;
        }
    }

    private static int number(byte[] bytes, int from) {
        return ByteBuffer.wrap(bytes).getInt(from);
    }
}
