package io.showreel.selection.photo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Random;

/**
 * Rooms that no camera has seen, drawn from a seed: walls, a floor, furniture, pictures and light. A photo of one is
 * what a camera at some place would see of it, so it is known for certain which photos show one room and how far apart
 * they were taken.
 */
public final class DrawnRooms {

    private static final int WIDTH = 2600;
    private static final int HEIGHT = 1500;
    private static final int PHOTO_WIDTH = 1280;
    private static final int PHOTO_HEIGHT = 720;
    private static final int THINGS = 26;

    private final BufferedImage room;

    public DrawnRooms(long seed) {
        this.room = draw(new Random(seed));
    }

    /**
     * A photo from some place.
     *
     * @param right 0 for the left end of the room, 1 for the right one
     * @param zoom 1 as far away as possible, less for closer
     */
    public BufferedImage from(double right, double zoom) {
        var width = (int) (PHOTO_WIDTH * 1.4 * zoom);
        var height = width * PHOTO_HEIGHT / PHOTO_WIDTH;
        var left = (int) ((WIDTH - width) * right);
        var top = (HEIGHT - height) / 2;
        return SamplePhotos.scaled(room.getSubimage(left, top, width, height), PHOTO_WIDTH, PHOTO_HEIGHT);
    }

    private static BufferedImage draw(Random dice) {
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        var canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        var hue = dice.nextFloat();
        var horizon = HEIGHT * 6 / 10 + dice.nextInt(150);
        canvas.setPaint(new GradientPaint(0, 0, colour(hue, 0.25f, 0.9f), WIDTH, horizon, colour(hue, 0.35f, 0.6f)));
        canvas.fillRect(0, 0, WIDTH, horizon);
        canvas.setPaint(new GradientPaint(
                0, horizon, colour(hue + 0.1f, 0.5f, 0.35f), WIDTH, HEIGHT, colour(hue + 0.1f, 0.45f, 0.6f)));
        canvas.fillRect(0, horizon, WIDTH, HEIGHT - horizon);
        for (var i = 0; i < THINGS; i++) {
            thing(canvas, dice, hue, horizon);
        }
        canvas.dispose();
        grain(image, dice);
        return image;
    }

    private static void thing(Graphics2D canvas, Random dice, float hue, int horizon) {
        var width = 60 + dice.nextInt(420);
        var height = 60 + dice.nextInt(360);
        var x = dice.nextInt(WIDTH) - width / 2;
        var y = dice.nextBoolean() ? horizon - height + dice.nextInt(200) : 40 + dice.nextInt(400);
        canvas.setPaint(
                colour(hue + (dice.nextFloat() - 0.5f) * 0.5f, 0.3f + dice.nextFloat() * 0.5f, dice.nextFloat()));
        if (dice.nextInt(3) == 0) {
            canvas.fillOval(x, y, width, height);
        } else {
            canvas.fillRoundRect(x, y, width, height, 20, 20);
        }
        canvas.setColor(new Color(20, 20, 20, 120));
        canvas.setStroke(new BasicStroke(3));
        for (var line = 0; line < 6; line++) {
            var at = y + height * line / 6;
            canvas.drawLine(x, at, x + width, at + dice.nextInt(9) - 4);
        }
    }

    private static void grain(BufferedImage image, Random dice) {
        for (var y = 0; y < HEIGHT; y++) {
            for (var x = 0; x < WIDTH; x++) {
                var shift = dice.nextInt(13) - 6;
                var rgb = image.getRGB(x, y);
                image.setRGB(
                        x, y, shifted(rgb >> 16, shift) << 16 | shifted(rgb >> 8, shift) << 8 | shifted(rgb, shift));
            }
        }
    }

    private static int shifted(int channel, int shift) {
        return Math.clamp((channel & 0xff) + shift, 0, 255);
    }

    private static Color colour(float hue, float saturation, float brightness) {
        return Color.getHSBColor(hue, saturation, 0.2f + 0.75f * brightness);
    }
}
