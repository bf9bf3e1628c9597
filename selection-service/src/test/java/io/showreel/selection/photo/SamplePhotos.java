package io.showreel.selection.photo;

import java.awt.Color;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.awt.image.RescaleOp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageIO;

/** The photos of the sample campaign, and what can go wrong with photos. */
public final class SamplePhotos {

    private static final Path FOLDER = Path.of("../infra/local/src/main/resources/io/showreel/local/sample/photos")
            .toAbsolutePath();

    private SamplePhotos() {}

    /** @param name such as {@code Exterior 1 3} */
    public static Path file(String name) {
        return FOLDER.resolve(name.toLowerCase(Locale.ROOT).replace(' ', '-') + ".jpg");
    }

    public static BufferedImage photo(String name) {
        try {
            return ImageIO.read(file(name).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** Out of focus. */
    public static BufferedImage blurred(BufferedImage image) {
        var side = 13;
        var weights = new float[side * side];
        Arrays.fill(weights, 1f / weights.length);
        return new ConvolveOp(new Kernel(side, side, weights), ConvolveOp.EDGE_NO_OP, null).filter(image, null);
    }

    public static BufferedImage lit(BufferedImage image, float factor) {
        return new RescaleOp(factor, 0, null).filter(image, null);
    }

    public static BufferedImage scaled(BufferedImage image, int width, int height) {
        var scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = scaled.createGraphics();
        graphics.drawImage(image.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
        graphics.dispose();
        return scaled;
    }

    /** The middle of it, upright. */
    public static BufferedImage portrait(BufferedImage image) {
        var width = image.getHeight() * 9 / 16;
        return scaled(image.getSubimage((image.getWidth() - width) / 2, 0, width, image.getHeight()), 720, 1280);
    }

    public static BufferedImage white(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return image;
    }

    public static Path written(BufferedImage image, float quality, Path file) {
        try {
            return Files.write(file, Jpeg.of(image, quality));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Measures measures(BufferedImage image) {
        var height = image.getHeight() * Measures.NORMALISED / image.getWidth();
        return Measures.of(
                image.getWidth() <= Measures.NORMALISED ? image : scaled(image, Measures.NORMALISED, height),
                image.getWidth(),
                image.getHeight());
    }
}
