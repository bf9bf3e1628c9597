package io.showreel.asset.media;

import io.showreel.web.ApiException;
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

    static ApiException unknown() {
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

    static ApiException unreadable(MediaFormat format) {
        return refuse("The file starts like " + format.contentType()
                + " but its dimensions can't be read; it may be damaged. Please export it again.");
    }

    private static ApiException refuse(String message) {
        return new ApiException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_media", message);
    }
}
