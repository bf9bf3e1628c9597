package io.showreel.asset.media;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Walks what videos and audio are put into, box by box, to see whether the end is there. */
final class MovieFile {

    private static final int BOX_HEADER = 8;
    private static final int LONG_BOX_HEADER = 16;
    private static final long SIZE_FOLLOWS = 1;
    private static final long TO_THE_END = 0;
    private static final long UNKNOWN = 0xFFFFFFFFL;

    private MovieFile() {}

    static void refuseCutOff(Spool.Spooled file) throws IOException {
        try (var bytes = new FileBytes(file.file())) {
            switch (file.format()) {
                case MP4, MOV, M4A -> walkBoxes(bytes, file);
                case WAV -> skipRiff(bytes);
                case MP3 -> Mp3File.walk(bytes, file.size());
                case WEBM -> WebmFile.walk(bytes);
                case JPEG, PNG, WEBP -> throw new IllegalArgumentException(file.format() + " does not play");
            }
        } catch (EOFException e) {
            throw UnsupportedMedia.cutOff(file.format());
        } catch (Picture.MalformedException e) {
            throw UnsupportedMedia.damaged(file.format());
        }
    }

    private static void walkBoxes(FileBytes bytes, Spool.Spooled file) throws IOException {
        long position = 0;
        var described = false;
        while (position < file.size()) {
            long size = bytes.nextInt();
            var name = new String(bytes.take(4), StandardCharsets.ISO_8859_1);
            long header = BOX_HEADER;
            if (size == SIZE_FOLLOWS) {
                size = bytes.nextInt() << 32 | bytes.nextInt();
                header = LONG_BOX_HEADER;
            } else if (size == TO_THE_END) {
                size = file.size() - position;
            }
            described |= name.equals("moov");
            if (size < header) {
                throw UnsupportedMedia.damaged(file.format());
            }
            position += size;
            if (position > file.size() || position < 0) {
                throw new EOFException();
            }
            bytes.skip(size - header);
        }
        if (!described) {
            throw UnsupportedMedia.cutOff(file.format());
        }
    }

    /** Recorders that stream leave the size at nothing, or at all there can be. */
    private static void skipRiff(FileBytes bytes) throws IOException {
        bytes.skip(4);
        long size = bytes.nextLittleInt();
        if (size != TO_THE_END && size != UNKNOWN) {
            bytes.skip(size);
        }
    }
}
