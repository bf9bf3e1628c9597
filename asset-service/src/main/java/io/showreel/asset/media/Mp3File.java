package io.showreel.asset.media;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Walks an MP3, frame by frame, to see whether its end is there: the last frame must be whole, and where the first tells
 * how many bytes there are, there must be as many. A file cut between two frames that tells nothing can't be recognised.
 * What isn't made of frames is left to who plays it.
 */
final class Mp3File {

    private static final int HEADER = 4;
    private static final int TAG_HEADER = 10;
    private static final int HAS_BYTES = 2;
    private static final int HAS_FRAMES = 1;
    /** Of the first frame, behind which nobody writes how long the rest is. */
    private static final int WHERE_LENGTHS_STAND = 64;

    /** In kbit/s, for layer III of MPEG-1, and of MPEG-2 and 2.5. */
    private static final int[] RATES_OF_1 = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};

    private static final int[] RATES_OF_2 = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    private static final int[] SAMPLES = {44_100, 48_000, 32_000};

    private final FileBytes bytes;
    private final long fileSize;

    private Mp3File(FileBytes bytes, long fileSize) {
        this.bytes = bytes;
        this.fileSize = fileSize;
    }

    /** @throws EOFException where it breaks off */
    static void walk(FileBytes bytes, long fileSize) throws IOException {
        new Mp3File(bytes, fileSize).walk();
    }

    private void walk() throws IOException {
        if (fileSize < HEADER) {
            return;
        }
        byte[] header = bytes.take(HEADER);
        if (startsWith(header, "ID3") && fileSize >= TAG_HEADER) {
            byte[] tag = bytes.take(TAG_HEADER - HEADER);
            bytes.skip((tag[2] & 0x7FL) << 21 | (tag[3] & 0x7FL) << 14 | (tag[4] & 0x7FL) << 7 | tag[5] & 0x7FL);
            if (fileSize - bytes.position() < HEADER) {
                return;
            }
            header = bytes.take(HEADER);
        }
        long start = bytes.position() - HEADER;
        for (int length = lengthOf(header); length > HEADER; length = lengthOf(header)) {
            if (bytes.position() - HEADER == start) {
                checkDeclared(bytes.take(length - HEADER), start);
            } else {
                bytes.skip(length - HEADER);
            }
            if (fileSize - bytes.position() < HEADER) {
                return;
            }
            header = bytes.take(HEADER);
        }
    }

    /** The first frame of most files holds no sound but, behind a word, how many frames and bytes there are. */
    private void checkDeclared(byte[] frame, long start) throws IOException {
        var said = new String(frame, 0, Math.min(frame.length, WHERE_LENGTHS_STAND), StandardCharsets.ISO_8859_1);
        int at = Math.max(said.indexOf("Xing"), said.indexOf("Info"));
        if (at < 0 || at + 16 > frame.length) {
            return;
        }
        int has = frame[at + 7];
        if ((has & HAS_BYTES) != 0) {
            int where = at + ((has & HAS_FRAMES) == 0 ? 8 : 12);
            long declared = 0;
            for (int i = where; i < where + 4; i++) {
                declared = declared << 8 | frame[i] & 0xFF;
            }
            if (start + declared > fileSize) {
                throw new EOFException();
            }
        }
    }

    /** Of a whole frame of layer III; 0 for what is none, such as the tags that stand at the end. */
    private static int lengthOf(byte[] header) {
        int second = header[1] & 0xFF;
        int third = header[2] & 0xFF;
        boolean isFrame = (header[0] & 0xFF) == 0xFF && (second & 0xE6) == 0xE2;
        int version = second >> 3 & 3;
        int rate = third >> 4;
        int samples = third >> 2 & 3;
        if (!isFrame || version == 1 || rate == 0 || rate == 15 || samples == 3) {
            return 0;
        }
        boolean first = version == 3;
        int bits = 1000 * (first ? RATES_OF_1[rate] : RATES_OF_2[rate]);
        int perSecond = SAMPLES[samples] >> (first ? 0 : version == 2 ? 1 : 2);
        return (first ? 144 : 72) * bits / perSecond + (third >> 1 & 1);
    }

    private static boolean startsWith(byte[] bytes, String word) {
        return new String(bytes, StandardCharsets.ISO_8859_1).startsWith(word);
    }
}
