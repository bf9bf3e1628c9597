package io.showreel.asset.media;

import java.io.EOFException;
import java.io.IOException;

/**
 * What an image file says about itself. To learn it, the file is walked from its first byte to its last, so that one
 * that was cut off or has something else hidden behind it is found out; no pixel is decoded.
 *
 * @param stored its dimensions before its orientation is applied
 * @param orientation as EXIF numbers them, 1 to 8
 * @param proven whether walking the file shows that it can be decoded; otherwise only decoding it does
 */
record Picture(Dimensions stored, int orientation, boolean proven) {

    /** One that has to be decoded to be believed. */
    Picture(Dimensions stored, int orientation) {
        this(stored, orientation, false);
    }

    Dimensions seen() {
        return stored.seenThrough(orientation);
    }

    static Picture read(Spool.Spooled file) throws IOException {
        var format = file.format();
        try (var bytes = new FileBytes(file.file())) {
            var picture =
                    switch (format) {
                        case JPEG -> JpegFile.read(bytes);
                        case PNG -> PngFile.read(bytes);
                        case WEBP -> WebpFile.read(bytes);
                        case MP4, MOV, WEBM, MP3, WAV, M4A ->
                            throw new IllegalArgumentException(format + " is no image");
                    };
            HiddenContent.refuseBehind(bytes);
            return picture;
        } catch (EOFException e) {
            throw UnsupportedMedia.cutOff(format);
        } catch (MalformedException e) {
            throw UnsupportedMedia.damaged(format);
        }
    }

    /** The file breaks the rules of its format. */
    static final class MalformedException extends IOException {}

    static void require(boolean condition) throws MalformedException {
        if (!condition) {
            throw new MalformedException();
        }
    }
}
