package io.showreel.asset.media;

import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.stream.FileImageInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes small JPEGs of pictures, the right way up. JPEG and PNG are decoded here, row by row and only as finely as
 * needed, a few at a time, so that memory stays small whatever the size; all else, and what the decoder here doesn't
 * know, is FFmpeg's. Decoding is the last proof that a file can be seen: one that nobody can decode is refused.
 */
@Component
class Thumbnails {

    private static final Logger log = LoggerFactory.getLogger(Thumbnails.class);

    private static final int MOST_AT_ONCE = Math.min(4, Runtime.getRuntime().availableProcessors());
    private static final int WIDEST = 640;
    private static final int HIGHEST = 1280;
    private static final BigDecimal TWO_SECONDS = new BigDecimal(2);

    private final UploadSettings settings;
    private final Projector projector;
    private final Semaphore decoders = new Semaphore(MOST_AT_ONCE);

    Thumbnails(UploadSettings settings, Projector projector) {
        this.settings = settings;
        this.projector = projector;
        ImageIO.setUseCache(false);
    }

    /** Null if it takes FFmpeg and there is none. */
    @Nullable
    Path ofImage(Spool.Spooled file, Picture picture) throws IOException, InterruptedException {
        var target = picture.seen().within(WIDEST, HIGHEST);
        var filters = filters(picture.orientation(), target);
        var made = make(into -> decodeHere(file, picture, target, into) || projector.still(file, null, filters, into));
        if (made == null && (file.format() != MediaFormat.WEBP || projector.isThere())) {
            throw UnsupportedMedia.damaged(file.format());
        }
        return made;
    }

    /** A frame from near the beginning, past the black that many start with. */
    Path ofVideo(Spool.Spooled file, Dimensions seen, @Nullable BigDecimal duration)
            throws IOException, InterruptedException {
        var filters = filters(1, seen.within(WIDEST, HIGHEST));
        var at = duration != null && duration.compareTo(TWO_SECONDS) > 0 ? BigDecimal.ONE : null;
        var made = make(into -> projector.still(file, at, filters, into));
        if (made == null) {
            throw UnsupportedMedia.damaged(file.format());
        }
        return made;
    }

    /** Leaves no file behind but the one that it returns; null if there was no picture. */
    private @Nullable Path make(Maker maker) throws IOException, InterruptedException {
        var into = SpoolFolder.newFile(settings.folder());
        var made = false;
        try {
            made = maker.make(into);
        } finally {
            if (!made) {
                Files.deleteIfExists(into);
            }
        }
        return made ? into : null;
    }

    private interface Maker {
        boolean make(Path into) throws IOException, InterruptedException;
    }

    private boolean decodeHere(Spool.Spooled file, Picture picture, Dimensions target, Path into)
            throws InterruptedException {
        if (file.format() != MediaFormat.JPEG && file.format() != MediaFormat.PNG) {
            return false;
        }
        decoders.acquire();
        try {
            var decoded = decode(file, picture.stored(), target.seenThrough(picture.orientation()));
            return ImageIO.write(upright(decoded, picture.orientation(), target), "jpg", into.toFile());
        } catch (IOException | RuntimeException e) {
            log.debug("{} can't be decoded here", file.file(), e);
            return false;
        } finally {
            decoders.release();
        }
    }

    /** At least twice as large as needed, for a smooth result, where there are as many pixels. */
    private static BufferedImage decode(Spool.Spooled file, Dimensions stored, Dimensions needed) throws IOException {
        var readers = ImageIO.getImageReadersByFormatName(file.format().name().toLowerCase(Locale.ROOT));
        var reader = readers.next();
        try (var input = new FileImageInputStream(file.file().toFile())) {
            reader.setInput(input, true, true);
            var every = Math.max(1, stored.width() / needed.width() / 2);
            var how = reader.getDefaultReadParam();
            how.setSourceSubsampling(every, every, 0, 0);
            return reader.read(0, how);
        } finally {
            reader.dispose();
        }
    }

    private static BufferedImage upright(BufferedImage decoded, int orientation, Dimensions target) {
        var upright = new BufferedImage(target.width(), target.height(), BufferedImage.TYPE_INT_RGB);
        var lying = target.seenThrough(orientation);
        var placing = turn(orientation, lying.width(), lying.height());
        placing.scale((double) lying.width() / decoded.getWidth(), (double) lying.height() / decoded.getHeight());
        var canvas = upright.createGraphics();
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, target.width(), target.height());
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        canvas.drawImage(decoded, placing, null);
        canvas.dispose();
        return upright;
    }

    /** From how a picture of that size is stored to how it is seen. */
    private static AffineTransform turn(int orientation, double width, double height) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
    }

    private static String filters(int orientation, Dimensions target) {
        var turned =
                switch (orientation) {
                    case 2 -> "hflip,";
                    case 3 -> "hflip,vflip,";
                    case 4 -> "vflip,";
                    case 5 -> "transpose=0,";
                    case 6 -> "transpose=1,";
                    case 7 -> "transpose=3,";
                    case 8 -> "transpose=2,";
                    default -> "";
                };
        return turned + "scale=" + target.width() + ":" + target.height();
    }
}
