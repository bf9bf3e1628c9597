package io.showreel.asset.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.imageio.ImageIO;

/** Makes files of all kinds; those that only need a header have no more than that. */
final class Pictures {

    private Pictures() {}

    static byte[] jpeg(int width, int height) {
        return encode(width, height, "jpg", false);
    }

    static byte[] png(int width, int height) {
        return encode(width, height, "png", false);
    }

    /** Noise doesn't compress: about three bytes a pixel. */
    static byte[] noise(int width, int height) {
        return encode(width, height, "png", true);
    }

    /** A JPEG that was taken with the camera on its side, as its EXIF says. */
    static byte[] rotatedJpeg(int width, int height, int orientation) {
        var plain = jpeg(width, height);
        var exif = ByteBuffer.allocate(36).order(ByteOrder.BIG_ENDIAN);
        exif.putShort((short) 0xFFE1).putShort((short) 34);
        exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        exif.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
        exif.putShort((short) 1);
        exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
        exif.putShort((short) 0).putInt(0);
        var rotated = new ByteArrayOutputStream();
        rotated.write(plain, 0, 2);
        rotated.write(exif.array(), 0, exif.position());
        rotated.write(plain, 2, plain.length - 2);
        return rotated.toByteArray();
    }

    /** A lossless WebP, up to where its dimensions stand. */
    static byte[] webp(int width, int height) {
        var bytes = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(32);
        bytes.put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII)).putInt(20);
        bytes.put((byte) 0x2F).putInt((width - 1) | (height - 1) << 14);
        return bytes.array();
    }

    /** A file in boxes, as MP4, MOV, M4A and HEIC are: the brand, then bytes that look like nothing else. */
    static byte[] boxes(String brand, int size) {
        var bytes = ByteBuffer.allocate(size);
        bytes.putInt(24).put("ftyp".getBytes(StandardCharsets.US_ASCII));
        bytes.put(brand.getBytes(StandardCharsets.US_ASCII)).putInt(0);
        bytes.put((brand + "isom").getBytes(StandardCharsets.US_ASCII));
        var rest = new byte[bytes.remaining()];
        new Random(7).nextBytes(rest);
        return bytes.put(rest).array();
    }

    static byte[] starting(String start) {
        return (start + "\0".repeat(100)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] encode(int width, int height, String format, boolean noisy) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var random = new Random(42);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                image.setRGB(x, y, noisy ? random.nextInt() : x * 40 + y);
            }
        }
        try {
            var bytes = new ByteArrayOutputStream();
            ImageIO.write(image, format, bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
