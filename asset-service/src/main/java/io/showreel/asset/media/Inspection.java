package io.showreel.asset.media;

import java.io.IOException;
import org.springframework.stereotype.Component;

/**
 * Looks a file over before it is kept: whether it is whole and nothing else as well, how large its picture is, how long
 * it plays, and what a thumbnail of it looks like. Blocks.
 *
 * <p>How many pixels there are is read from headers, and held against the limits before the first is decoded.
 */
@Component
class Inspection {

    private final UploadSettings settings;
    private final Thumbnails thumbnails;
    private final Projector projector;

    Inspection(UploadSettings settings, Thumbnails thumbnails, Projector projector) {
        this.settings = settings;
        this.thumbnails = thumbnails;
        this.projector = projector;
    }

    Inspected look(Spool.Spooled file) throws IOException, InterruptedException {
        return switch (file.format().type()) {
            case IMAGE -> {
                var picture = Picture.read(file);
                refuseTooLarge(picture.stored());
                yield picture.proven()
                        ? new Inspected(picture.seen(), null, null, true)
                        : new Inspected(picture.seen(), null, thumbnails.ofImage(file, picture));
            }
            case VIDEO -> {
                MovieFile.refuseCutOff(file);
                var footage = projector.look(file);
                var seen = footage.dimensions();
                if (seen == null) {
                    if (projector.isThere()) {
                        throw UnsupportedMedia.noPicture(file.format());
                    }
                    yield new Inspected(null, null, null);
                }
                refuseTooLarge(seen);
                yield new Inspected(seen, footage.duration(), thumbnails.ofVideo(file, seen, footage.duration()));
            }
            case AUDIO -> {
                MovieFile.refuseCutOff(file);
                var footage = projector.look(file);
                if (!footage.hasSound() && projector.isThere()) {
                    throw UnsupportedMedia.noSound(file.format());
                }
                yield new Inspected(null, footage.duration(), null);
            }
        };
    }

    private void refuseTooLarge(Dimensions stored) {
        if (stored.width() > settings.maxSide()
                || stored.height() > settings.maxSide()
                || stored.pixels() > settings.maxPixels()) {
            throw UnsupportedMedia.tooManyPixels(stored, settings);
        }
    }
}
