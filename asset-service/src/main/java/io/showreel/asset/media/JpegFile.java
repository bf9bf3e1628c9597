package io.showreel.asset.media;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Walks a JPEG, segment by segment, to the marker that ends it. */
final class JpegFile {

    /** The last of the kinds of frame that every decoder knows: coded by Huffman, not arithmetically or losslessly. */
    private static final int PROGRESSIVE = 0xC2;

    private static final int HUFFMAN = 0xC4;
    private static final int QUANTIZATION = 0xDB;
    private static final int START = 0xD8;
    private static final int END = 0xD9;
    private static final int SCAN = 0xDA;
    private static final int EXIF_OR_XMP = 0xE1;
    private static final int FIRST_APPLICATION = 0xE0;
    private static final int LAST_APPLICATION = 0xEF;
    private static final int COMMENT = 0xFE;

    /** Ten are usual. Each makes a decoder go over the whole picture again. */
    private static final int MOST_SCANS = 100;

    private final FileBytes bytes;
    private @Nullable Dimensions stored;
    private int orientation = 1;
    private boolean common;
    private boolean hasTables;
    private boolean hasCodes;

    private JpegFile(FileBytes bytes) {
        this.bytes = bytes;
    }

    static Picture read(FileBytes bytes) throws IOException {
        return new JpegFile(bytes).walk();
    }

    private Picture walk() throws IOException {
        Picture.require(bytes.nextShort() == (0xFF00 | START));
        int scans = 0;
        for (int marker = nextMarker(); marker != END; ) {
            if (isAlone(marker)) {
                marker = nextMarker();
                continue;
            }
            segment(marker);
            if (marker == SCAN) {
                scans++;
                Picture.require(scans <= MOST_SCANS);
                marker = endOfScan();
            } else {
                marker = nextMarker();
            }
        }
        var dimensions = stored;
        if (scans == 0 || dimensions == null) {
            throw new Picture.MalformedException();
        }
        return new Picture(dimensions, orientation, common && hasTables && hasCodes);
    }

    private int nextMarker() throws IOException {
        // Decoders forgive bytes in between, and some cameras count on it.
        while (bytes.next() != 0xFF) {
            continue;
        }
        int marker = bytes.next();
        while (marker == 0xFF) {
            marker = bytes.next();
        }
        return marker;
    }

    private void segment(int marker) throws IOException {
        int length = bytes.nextShort() - 2;
        Picture.require(length >= 0);
        hasTables |= marker == QUANTIZATION;
        hasCodes |= marker == HUFFMAN;
        if (isFrame(marker)) {
            frame(marker, bytes.take(length));
        } else if (marker == COMMENT || (marker >= FIRST_APPLICATION && marker <= LAST_APPLICATION)) {
            var said = bytes.take(length);
            HiddenContent.refuseIn(said);
            if (marker == EXIF_OR_XMP && ExifOrientation.startsLikeExif(said)) {
                orientation = ExifOrientation.read(said);
            }
        } else {
            bytes.skip(length);
        }
    }

    private void frame(int marker, byte[] frame) throws IOException {
        Picture.require(frame.length >= 5 && stored == null);
        common = marker <= PROGRESSIVE && frame[0] == 8 && frame.length > 5 && (frame[5] == 1 || frame[5] == 3);
        stored = Dimensions.stored(
                (frame[3] & 0xFF) << 8 | (frame[4] & 0xFF), (frame[1] & 0xFF) << 8 | (frame[2] & 0xFF));
    }

    /** Compressed data holds no marker but those that restart it. */
    private int endOfScan() throws IOException {
        while (true) {
            if (bytes.next() != 0xFF) {
                continue;
            }
            int marker = bytes.next();
            while (marker == 0xFF) {
                marker = bytes.next();
            }
            if (marker != 0 && !isRestart(marker)) {
                return marker;
            }
        }
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static boolean isRestart(int marker) {
        return marker >= 0xD0 && marker <= 0xD7;
    }

    private static boolean isAlone(int marker) {
        return isRestart(marker) || marker == 0x01;
    }
}
