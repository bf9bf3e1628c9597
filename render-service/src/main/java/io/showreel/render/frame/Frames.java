package io.showreel.render.frame;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.MetadataException;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import org.springframework.stereotype.Component;

/**
 * Makes frames: upright, cut to shape around the middle, as JPEG of at most 10 MB. Large photos are read at a lower
 * resolution, so that they are never in memory whole.
 */
@Component
public class Frames {

    private static final int SHORTEST_SIDE = 320;
    private static final int LONGEST_SIDE = 1920;
    private static final long MOST_BYTES = 10_000_000;
    private static final float[] QUALITIES = {0.93f, 0.8f, 0.6f};

    /** @param ratio such as {@code 16:9} */
    public void make(Path photo, String ratio, Path frame) throws IOException, UnreadablePhotoException {
        var image = upright(read(photo), orientationOf(photo));
        var shape = Shape.of(ratio);
        var part = shape.middleOf(image.getWidth(), image.getHeight());
        var size = shape.within(part.width, SHORTEST_SIDE, LONGEST_SIDE);
        var cut = image.getSubimage(part.x, part.y, part.width, part.height);
        write(scaled(cut, size.width, size.height), frame);
    }

    private static BufferedImage read(Path photo) throws IOException, UnreadablePhotoException {
        try (var input = ImageIO.createImageInputStream(photo.toFile())) {
            var readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                throw new UnreadablePhotoException("The photo is of no kind that can be read.");
            }
            var reader = readers.next();
            try {
                reader.setInput(input, true, true);
                var longest = Math.max(reader.getWidth(0), reader.getHeight(0));
                var step = Math.max(1, longest / (2 * LONGEST_SIDE));
                var parameters = reader.getDefaultReadParam();
                parameters.setSourceSubsampling(step, step, 0, 0);
                return reader.read(0, parameters);
            } catch (IOException | RuntimeException e) {
                throw new UnreadablePhotoException("The photo can't be read: " + e.getMessage());
            } finally {
                reader.dispose();
            }
        }
    }

    private static int orientationOf(Path photo) throws IOException {
        try {
            var exif =
                    ImageMetadataReader.readMetadata(photo.toFile()).getFirstDirectoryOfType(ExifIFD0Directory.class);
            return exif == null || !exif.containsTag(ExifIFD0Directory.TAG_ORIENTATION)
                    ? 1
                    : exif.getInt(ExifIFD0Directory.TAG_ORIENTATION);
        } catch (ImageProcessingException | MetadataException e) {
            return 1;
        }
    }

    private static BufferedImage upright(BufferedImage image, int orientation) {
        var width = image.getWidth();
        var height = image.getHeight();
        var turn =
                switch (orientation) {
                    case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
                    case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
                    case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
                    case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
                    case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
                    case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
                    case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
                    default -> new AffineTransform();
                };
        var lying = orientation >= 5 && orientation <= 8;
        var upright = canvas(lying ? height : width, lying ? width : height);
        draw(upright, image, turn);
        return upright;
    }

    /** Halves as long as it can, since one large step would skip pixels. */
    private static BufferedImage scaled(BufferedImage image, int width, int height) {
        var current = image;
        while (current.getWidth() >= 2 * width && current.getHeight() >= 2 * height) {
            current = resized(current, current.getWidth() / 2, current.getHeight() / 2);
        }
        return resized(current, width, height);
    }

    private static BufferedImage resized(BufferedImage image, int width, int height) {
        var resized = canvas(width, height);
        var across = (double) width / image.getWidth();
        var down = (double) height / image.getHeight();
        draw(resized, image, AffineTransform.getScaleInstance(across, down));
        return resized;
    }

    private static BufferedImage canvas(int width, int height) {
        return new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    }

    private static void draw(BufferedImage canvas, BufferedImage image, AffineTransform transform) {
        Graphics2D graphics = canvas.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            graphics.drawImage(image, transform, null);
        } finally {
            graphics.dispose();
        }
    }

    private static void write(BufferedImage image, Path frame) throws IOException {
        for (var quality : QUALITIES) {
            write(image, frame, quality);
            if (Files.size(frame) <= MOST_BYTES) {
                return;
            }
        }
        throw new IOException("The frame stays over " + MOST_BYTES + " bytes");
    }

    private static void write(BufferedImage image, Path frame, float quality) throws IOException {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        Files.deleteIfExists(frame);
        try (var output = ImageIO.createImageOutputStream(frame.toFile())) {
            var parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality);
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
    }
}
