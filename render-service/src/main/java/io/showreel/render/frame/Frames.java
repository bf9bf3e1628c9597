package io.showreel.render.frame;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.MetadataException;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import org.springframework.stereotype.Component;

/**
 * Makes frames: upright, cut to shape around the middle, as JPEG of at most 10 MB. Of a photo only what the frame shows
 * is read, a large one at a lower resolution, and one photo at a time: the memory for one is enough.
 */
@Component
public class Frames {

    private static final int SHORTEST_SIDE = 320;
    private static final int LONGEST_SIDE = 1920;
    private static final long MOST_BYTES = 10_000_000;
    private static final long MOST_PIXELS = 200_000_000;
    private static final long WEBP_BYTES_PER_PIXEL = 30;
    private static final long MOST_PIXELS_READ = 12_000_000;
    /** What a JPEG of three colours is read into, and what is drawn on here. */
    private static final Set<Integer> COLOURS = Set.of(BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_INT_RGB);

    private static final float[] QUALITIES = {0.93f, 0.8f, 0.6f};

    private final Semaphore memory = new Semaphore(1, true);

    /** A frame to be made of a photo. */
    public record Wanted(Path photo, Path frame) {}

    /** @param ratio such as {@code 16:9} */
    public void make(Path photo, String ratio, Path frame)
            throws IOException, UnreadablePhotoException, InterruptedException {
        make(List.of(new Wanted(photo, frame)), ratio);
    }

    /** Makes them in one turn: of several takes the first is ready first, and not each of them half. */
    public void make(List<Wanted> frames, String ratio)
            throws IOException, UnreadablePhotoException, InterruptedException {
        memory.acquire();
        try {
            for (var wanted : frames) {
                makeAlone(wanted.photo(), ratio, wanted.frame());
            }
        } finally {
            memory.release();
        }
    }

    private static void makeAlone(Path photo, String ratio, Path frame) throws IOException, UnreadablePhotoException {
        var orientation = orientationOf(photo);
        var part = read(photo, Shape.of(ratio), orientation);
        write(upright(scaled(part.image(), part.width(), part.height()), orientation), frame);
    }

    /**
     * The part of a photo that a frame shows, as it lies in the file.
     *
     * @param image of at least the frame's size, unless the photo is smaller
     * @param width and height of the frame, before it is set upright
     */
    record Part(BufferedImage image, int width, int height) {}

    static Part read(Path photo, Shape shape, int orientation) throws IOException, UnreadablePhotoException {
        try (var input = ImageIO.createImageInputStream(photo.toFile())) {
            var readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                throw new UnreadablePhotoException("The photo is of no kind that can be read.");
            }
            var reader = readers.next();
            try {
                reader.setInput(input, true, true);
                return read(reader, shape, isLying(orientation));
            } catch (IOException | RuntimeException e) {
                throw new UnreadablePhotoException("The photo can't be read: " + e.getMessage());
            } finally {
                reader.dispose();
            }
        }
    }

    private static Part read(ImageReader reader, Shape shape, boolean isLying) throws IOException {
        var width = reader.getWidth(0);
        var height = reader.getHeight(0);
        if ((long) width * height
                > mostPixels(reader.getFormatName(), Runtime.getRuntime().maxMemory())) {
            throw new IOException("%d x %d pixels are too many".formatted(width, height));
        }
        var part = isLying ? shape.middleOf(height, width) : shape.middleOf(width, height);
        var size = shape.within(part.width, SHORTEST_SIDE, LONGEST_SIDE);
        var step = stepFor(part, size);
        var parameters = reader.getDefaultReadParam();
        parameters.setSourceRegion(isLying ? new Rectangle(part.y, part.x, part.height, part.width) : part);
        parameters.setSourceSubsampling(step, step, 0, 0);
        var image = reader.read(0, parameters);
        return isLying ? new Part(image, size.height, size.width) : new Part(image, size.width, size.height);
    }

    /** WebP's decoder holds all of a photo at once and many times over; the others pass through it row by row. */
    static long mostPixels(String format, long memory) {
        return format.equalsIgnoreCase("webp") ? memory / 2 / WEBP_BYTES_PER_PIXEL : MOST_PIXELS;
    }

    /** How many pixels are passed over for one that is read: as few as memory permits, and never too many for the frame. */
    private static int stepFor(Rectangle part, Dimension size) {
        var permitted = Math.min(part.width / size.width, part.height / size.height);
        var pixels = (double) part.width * part.height;
        var needed = (int) Math.ceil(Math.sqrt(pixels / MOST_PIXELS_READ));
        return Math.max(1, Math.min(permitted, needed));
    }

    /** Whether the photo has to be turned by a quarter. */
    private static boolean isLying(int orientation) {
        return orientation >= 5 && orientation <= 8;
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
        if (orientation < 2 || orientation > 8) {
            return image;
        }
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
        var lying = isLying(orientation);
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
        boolean asItIs =
                current.getWidth() == width && current.getHeight() == height && COLOURS.contains(current.getType());
        return asItIs ? current : resized(current, width, height);
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
