package io.showreel.asset.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.embedded.FfmpegTools;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ThumbnailsTest {

    @TempDir
    Path folder;

    private Thumbnails thumbnails;
    private Projector projector;

    @BeforeEach
    void prepare() {
        var settings = new Binder(
                        new MapConfigurationPropertySource(Map.of("showreel.uploads.folder", folder.toString())))
                .bind("showreel.uploads", UploadSettings.class)
                .get();
        projector = new Projector(
                settings, new ProjectorSettings(FfmpegTools.find().ffmpeg().toString(), Duration.ofSeconds(20), 2));
        thumbnails = new Thumbnails(settings, projector);
    }

    @ParameterizedTest
    @CsvSource({
        "1280, 720, 640, 360",
        "640, 480, 640, 480",
        "31, 17, 31, 17",
        "3000, 200, 640, 43",
        "300, 4000, 96, 1280",
        "5000, 1, 640, 1",
        "1, 1, 1, 1"
    })
    void a_thumbnail_has_the_same_shape_and_fits(int width, int height, int thenWide, int thenHigh) throws Exception {
        var image = thumbnail(Pictures.jpeg(width, height), MediaFormat.JPEG, new Dimensions(width, height), 1);
        assertThat(new Dimensions(image.getWidth(), image.getHeight())).isEqualTo(new Dimensions(thenWide, thenHigh));
    }

    /** In what is stored, the top left quarter is marked; where people see it is what EXIF means by each number. */
    @ParameterizedTest
    @CsvSource({
        "1, top left", "2, top right", "3, bottom right", "4, bottom left",
        "5, top left", "6, top right", "7, bottom right", "8, bottom left"
    })
    void a_thumbnail_is_the_right_way_up_whoever_decodes_it(int orientation, String corner) throws Exception {
        var size = new Dimensions(800, 600);
        var source = "color=black:size=800x600:duration=0.1,drawbox=w=400:h=300:color=white:t=fill";
        for (var format : new MediaFormat[] {MediaFormat.JPEG, MediaFormat.PNG, MediaFormat.WEBP}) {
            var stored = Films.of("a." + format.name().toLowerCase(), source, "-frames:v", "1");
            var image = thumbnail(stored, format, size, orientation);
            var seen = size.seenThrough(orientation).within(640, 1280);
            assertThat(new Dimensions(image.getWidth(), image.getHeight())).isEqualTo(seen);
            assertThat(brightCorner(image)).as(format + " " + orientation).isEqualTo(corner);
        }
    }

    @Test
    void transparent_places_are_white() throws Exception {
        var image = new BufferedImage(30, 20, BufferedImage.TYPE_INT_ARGB);
        var file = folder.resolve("clear.png");
        ImageIO.write(image, "png", file.toFile());
        var seen = thumbnail(Files.readAllBytes(file), MediaFormat.PNG, new Dimensions(30, 20), 1);
        assertThat(seen.getRGB(15, 10) & 0xFF).isGreaterThan(250);
    }

    @Test
    void a_film_shows_a_frame_from_behind_its_beginning() throws Exception {
        var film = Films.of(
                "late.mp4",
                "color=black:size=320x240:duration=3,drawbox=color=white:t=fill:enable='gte(t,0.9)'",
                "-pix_fmt",
                "yuv420p");
        var spooled = spooled(film, MediaFormat.MP4);
        var footage = projector.look(spooled);
        var made = thumbnails.ofVideo(spooled, footage.dimensions(), footage.duration());
        var image = ImageIO.read(made.toFile());
        assertThat(image.getWidth()).isEqualTo(320);
        assertThat(image.getRGB(160, 120) & 0xFF).isGreaterThan(200);
    }

    private BufferedImage thumbnail(byte[] bytes, MediaFormat format, Dimensions stored, int orientation)
            throws Exception {
        var made = thumbnails.ofImage(spooled(bytes, format), new Picture(stored, orientation));
        return ImageIO.read(new ByteArrayInputStream(Files.readAllBytes(made)));
    }

    private Spool.Spooled spooled(byte[] bytes, MediaFormat format) throws Exception {
        var file = Files.write(folder.resolve("stored"), bytes);
        return new Spool.Spooled(file, bytes.length, "", format);
    }

    private static String brightCorner(BufferedImage image) {
        for (var vertical : new String[] {"top", "bottom"}) {
            for (var horizontal : new String[] {"left", "right"}) {
                int x = horizontal.equals("left") ? image.getWidth() / 4 : image.getWidth() * 3 / 4;
                int y = vertical.equals("top") ? image.getHeight() / 4 : image.getHeight() * 3 / 4;
                if ((image.getRGB(x, y) & 0xFF) > 200) {
                    return vertical + " " + horizontal;
                }
            }
        }
        return "none";
    }
}
