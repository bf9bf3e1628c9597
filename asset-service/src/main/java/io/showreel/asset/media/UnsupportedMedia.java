package io.showreel.asset.media;

import io.showreel.web.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The ways to say that a file can't be taken, each with what to do about it. */
final class UnsupportedMedia {

    private UnsupportedMedia() {}

    /** @param type the type of asset that the sender says it is, if any */
    static void unless(MediaFormat format, @Nullable String type) {
        if (type != null && !type.equals(format.type().name().toLowerCase(Locale.ROOT))) {
            throw declaredOtherwise(format, type);
        }
    }

    static ApiException unknown(byte[] head) {
        var start = new String(head, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
        if (start.startsWith("<svg") || start.startsWith("<?xml")) {
            return refuse("This is a drawing (SVG), which may hold scripts. Please export it as PNG.");
        }
        if (start.startsWith("<")) {
            return refuse("This is a web page, not a photo. If it came from an address, please give the one of the"
                    + " photo itself.");
        }
        return refuse("The file is of an unknown kind. " + MediaFormat.TAKEN);
    }

    static ApiException heic() {
        return refuse("This is a HEIC image, which browsers and video models can't read. Please export it as JPEG"
                + " (on an iPhone: Settings, Camera, Formats, Most Compatible) and upload that.");
    }

    static ApiException declaredOtherwise(MediaFormat format, String declared) {
        return refuse("The file was declared as " + declared + ", but it is " + format.contentType()
                + ". Please send it as what it is.");
    }

    static ApiException namedOtherwise(MediaFormat format) {
        return refuse("The file's name has the extension of another format, but its content is " + format.contentType()
                + ". Please rename or export it.");
    }

    static ApiException cutOff(MediaFormat format) {
        return refuse("The file is " + format.contentType()
                + ", but its end is missing; it was probably cut off on the way. Please send it again.");
    }

    static ApiException damaged(MediaFormat format) {
        return refuse("The file starts like " + format.contentType()
                + " but can't be read; it may be damaged. Please export it again.");
    }

    static ApiException animated() {
        return refuse("This is an animated image. Please export one frame as JPEG, or the whole as MP4.");
    }

    static ApiException noPicture(MediaFormat format) {
        return refuse("The file is " + format.contentType() + ", but no picture in it can be read. If it is a"
                + " recording of sound, please export it as MP3, WAV or M4A; if it is a video, export it again.");
    }

    static ApiException noSound(MediaFormat format) {
        return refuse("The file is " + format.contentType()
                + ", but no sound in it can be read; it may be damaged. Please export it again.");
    }

    static ApiException hidden() {
        return refuse("The file is an image with something else hidden in it, such as a script or an archive. Please"
                + " export the image again.");
    }

    static ApiException tooManyPixels(Dimensions dimensions, UploadSettings settings) {
        return new ApiException(
                HttpStatus.CONTENT_TOO_LARGE,
                "payload_too_large",
                "The picture has " + dimensions.width() + " x " + dimensions.height() + " pixels. At most "
                        + settings.maxSide() + " on a side and " + settings.maxPixels() / 1_000_000
                        + " million in all can be taken; please scale it down.");
    }

    private static ApiException refuse(String message) {
        return new ApiException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_media", message);
    }
}
