package io.showreel.render.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {

    /** 64x36, all red. */
    private static final String RED_WEBP =
            "UklGRlQAAABXRUJQVlA4IEgAAACwAwCdASpAACQAPpFIoEwlpCMiIqgAsBIJZwDTUoAAFR+9CbTFAAD+7tPf/4DdfFtMv/9zgf9zgf9zgfxtQQfvYdrhmPRsAAA=";

    @TempDir
    private Path folder;

    private final Frames frames = new Frames();

    @ParameterizedTest
    @CsvSource({
        "1280,720,16:9,1280,720",
        "720,1280,16:9,720,404",
        "1024,768,9:16,432,768",
        "4000,3000,1:1,1920,1920",
        "6000,2000,16:9,1920,1080",
        "200,100,16:9,568,320",
    })
    void a_photo_is_cut_to_the_shape_that_the_model_takes(
            int width, int height, String ratio, int frameWidth, int frameHeight) throws Exception {
        var frame = make(jpeg(image(width, height)), ratio);
        assertThat(frame.getWidth()).isCloseTo(frameWidth, within(2));
        assertThat(frame.getHeight()).isCloseTo(frameHeight, within(2));
        assertThat(frame.getWidth() % 2 + frame.getHeight() % 2).isZero();
    }

    @ParameterizedTest
    @CsvSource({"6000,4000,1", "4000,6000,8", "7679,4400,1", "9000,600,1", "3839,3839,3"})
    void a_large_photo_is_never_in_memory_whole(int width, int height, int orientation) throws Exception {
        var photo = folder.resolve("large.jpg");
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), "jpeg", photo.toFile());

        var part = Frames.read(photo, Shape.of("16:9"), orientation);

        assertThat(part.image().getWidth()).isGreaterThanOrEqualTo(part.width());
        assertThat(part.image().getHeight()).isGreaterThanOrEqualTo(part.height());
        assertThat(part.image().getWidth() * part.image().getHeight()).isLessThanOrEqualTo(12_000_000);
    }

    @Test
    void a_photo_of_too_many_pixels_is_not_read_at_all() throws Exception {
        var photo = folder.resolve("huge.png");
        ImageIO.write(new BufferedImage(14_500, 14_500, BufferedImage.TYPE_BYTE_BINARY), "png", photo.toFile());
        assertThatThrownBy(() -> make(photo, "16:9"))
                .isInstanceOf(UnreadablePhotoException.class)
                .hasMessageContaining("too many");
    }

    @Test
    void a_webp_photo_that_memory_can_not_hold_is_not_begun() {
        var heap = 160_000_000L;
        assertThat(Frames.mostPixels("webp", heap)).isBetween(1920L * 1080, 3_000_000L);
        assertThat(Frames.mostPixels("JPEG", heap)).isGreaterThan(100_000_000L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6, 8})
    void a_turned_photo_stands_upright(int orientation) throws Exception {
        // Red at the left: after a half turn at the right, after a quarter turn to the right at the top.
        var photo = withOrientation(jpeg(image(900, 900)), orientation);
        var frame = make(photo, "1:1");
        var near = 30;
        var middle = frame.getWidth() / 2;
        var far = frame.getWidth() - near;
        var red =
                switch (orientation) {
                    case 3 -> frame.getRGB(far, middle);
                    case 6 -> frame.getRGB(middle, near);
                    case 8 -> frame.getRGB(middle, far);
                    default -> frame.getRGB(near, middle);
                };
        assertThat(new Color(red).getRed()).isGreaterThan(200);
        assertThat(new Color(red).getBlue()).isLessThan(60);
    }

    @Test
    void a_transparent_picture_gets_a_white_ground() throws Exception {
        var photo = folder.resolve("photo.png");
        ImageIO.write(new BufferedImage(640, 360, BufferedImage.TYPE_INT_ARGB), "png", photo.toFile());
        assertThat(new Color(make(photo, "16:9").getRGB(5, 5)).getRed()).isGreaterThan(250);
    }

    @Test
    void a_webp_photo_is_read_too() throws Exception {
        var photo =
                Files.write(folder.resolve("photo.webp"), Base64.getDecoder().decode(RED_WEBP));
        assertThat(new Color(make(photo, "16:9").getRGB(100, 100)).getRed()).isGreaterThan(200);
    }

    @Test
    void what_is_no_picture_is_said_to_be_none() throws IOException {
        var photo = Files.writeString(folder.resolve("photo"), "no picture");
        assertThatThrownBy(() -> make(photo, "16:9")).isInstanceOf(UnreadablePhotoException.class);
    }

    @Test
    void a_damaged_picture_is_unreadable() throws IOException {
        var whole = Files.readAllBytes(jpeg(image(640, 360)));
        var photo = folder.resolve("damaged");
        Files.write(photo, Arrays.copyOf(whole, 40));
        assertThatThrownBy(() -> make(photo, "16:9")).isInstanceOf(UnreadablePhotoException.class);
    }

    private BufferedImage make(Path photo, String ratio) throws Exception {
        var frame = folder.resolve("frame.jpg");
        frames.make(photo, ratio, frame);
        assertThat(Files.size(frame)).isLessThanOrEqualTo(10_000_000);
        return ImageIO.read(frame.toFile());
    }

    private static BufferedImage image(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(Color.BLUE);
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, width / 4, height);
        graphics.dispose();
        return image;
    }

    private Path jpeg(BufferedImage image) throws IOException {
        var photo = folder.resolve("photo.jpg");
        ImageIO.write(image, "jpeg", photo.toFile());
        return photo;
    }

    /** The same file with an EXIF segment after its first marker. */
    private static Path withOrientation(Path photo, int orientation) throws IOException {
        var bytes = Files.readAllBytes(photo);
        var exif = new ByteArrayOutputStream();
        var out = new DataOutputStream(exif);
        out.writeBytes("Exif\0\0MM\0*");
        out.writeInt(8);
        out.writeShort(1);
        out.writeShort(0x0112);
        out.writeShort(3);
        out.writeInt(1);
        out.writeShort(orientation);
        out.writeShort(0);
        out.writeInt(0);
        var turned = new ByteArrayOutputStream();
        var file = new DataOutputStream(turned);
        file.write(bytes, 0, 2);
        file.writeShort(0xffe1);
        file.writeShort(exif.size() + 2);
        file.write(exif.toByteArray());
        file.write(bytes, 2, bytes.length - 2);
        return Files.write(photo, turned.toByteArray());
    }
}
