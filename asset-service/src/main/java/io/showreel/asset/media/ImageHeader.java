package io.showreel.asset.media;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.jpeg.JpegDirectory;
import com.drew.metadata.png.PngDirectory;
import com.drew.metadata.webp.WebpDirectory;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads an image's dimensions from its header; no pixel is decoded. */
final class ImageHeader {

    private ImageHeader() {}

    static Dimensions read(Path file, MediaFormat format) {
        try {
            var metadata = ImageMetadataReader.readMetadata(file.toFile());
            var stored = stored(metadata);
            if (stored != null && stored.width() > 0 && stored.height() > 0) {
                return stored.seenThrough(orientation(metadata));
            }
        } catch (ImageProcessingException | IOException | RuntimeException e) {
            // Told to the sender below: whatever the reader stumbles over, the file is what's wrong.
        }
        throw UnsupportedMedia.unreadable(format);
    }

    private static @Nullable Dimensions stored(Metadata metadata) {
        for (var directory : metadata.getDirectories()) {
            var found =
                    switch (directory) {
                        case JpegDirectory jpeg ->
                            of(jpeg, JpegDirectory.TAG_IMAGE_WIDTH, JpegDirectory.TAG_IMAGE_HEIGHT);
                        case PngDirectory png -> of(png, PngDirectory.TAG_IMAGE_WIDTH, PngDirectory.TAG_IMAGE_HEIGHT);
                        case WebpDirectory webp ->
                            of(webp, WebpDirectory.TAG_IMAGE_WIDTH, WebpDirectory.TAG_IMAGE_HEIGHT);
                        default -> null;
                    };
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Dimensions of(Directory directory, int widthTag, int heightTag) {
        var width = directory.getInteger(widthTag);
        var height = directory.getInteger(heightTag);
        return width == null || height == null ? null : new Dimensions(width, height);
    }

    private static int orientation(Metadata metadata) {
        for (var exif : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
            var orientation = exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
            if (orientation != null) {
                return orientation;
            }
        }
        return 1;
    }
}
