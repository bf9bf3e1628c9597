package io.showreel.selection.photo.store;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.exif.ExifIFD0Directory;
import io.showreel.selection.photo.Jpeg;
import io.showreel.selection.photo.LookingSettings;
import io.showreel.selection.photo.Measures;
import io.showreel.selection.photo.Sight;
import io.showreel.selection.photo.Thumbnail;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * A photo on disk. It is decoded at a fraction of its resolution, so that a large one takes no more memory than a
 * small one.
 */
final class PhotoFile {

    private static final float QUALITY = 0.8f;
    private static final Set<String> READ_BY_ROWS = Set.of("jpeg", "png");

    private PhotoFile() {}

    static Sight look(Path file, LookingSettings settings)
            throws IOException, UnreadablePhotoException, OversizedPhotoException {
        var orientation = orientationOf(file);
        var decoded = decode(file, settings);
        var lying = orientation >= 5 && orientation <= 8;
        var normalised = Pictures.within(Pictures.upright(decoded.image(), orientation), Measures.NORMALISED);
        var measures = Measures.of(
                normalised, lying ? decoded.height() : decoded.width(), lying ? decoded.width() : decoded.height());
        return new Sight(measures, new Thumbnail(Jpeg.of(Pictures.within(normalised, Thumbnail.SIDE), QUALITY)));
    }

    /** @param width of the whole photo, as it is stored */
    private record Decoded(BufferedImage image, int width, int height) {}

    private static Decoded decode(Path file, LookingSettings settings)
            throws IOException, UnreadablePhotoException, OversizedPhotoException {
        try (var input = ImageIO.createImageInputStream(file.toFile())) {
            var readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                throw new UnreadablePhotoException("no picture of a known kind");
            }
            var reader = readers.next();
            try {
                reader.setInput(input, true, true);
                return decode(reader, settings);
            } catch (IOException | RuntimeException e) {
                throw new UnreadablePhotoException("cannot be decoded: " + e.getMessage());
            } finally {
                reader.dispose();
            }
        }
    }

    private static Decoded decode(ImageReader reader, LookingSettings settings)
            throws IOException, OversizedPhotoException {
        var width = reader.getWidth(0);
        var height = reader.getHeight(0);
        var most = READ_BY_ROWS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))
                ? settings.mostPixels()
                : settings.mostPixelsAtOnce();
        if ((long) width * height > most) {
            throw new OversizedPhotoException("%d x %d pixels are too many to look at".formatted(width, height));
        }
        var parameters = reader.getDefaultReadParam();
        var step = Math.max(1, Math.max(width, height) / (2 * Measures.NORMALISED));
        parameters.setSourceSubsampling(step, step, 0, 0);
        return new Decoded(reader.read(0, parameters), width, height);
    }

    private static int orientationOf(Path file) throws IOException {
        try {
            var exif = ImageMetadataReader.readMetadata(file.toFile()).getFirstDirectoryOfType(ExifIFD0Directory.class);
            var orientation = exif == null ? null : exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
            return orientation == null ? 1 : orientation;
        } catch (ImageProcessingException e) {
            return 1;
        }
    }
}
