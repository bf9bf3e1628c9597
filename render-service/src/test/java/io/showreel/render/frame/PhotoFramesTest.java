package io.showreel.render.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoFramesTest {

    private static final URI RED = URI.create("s3://photos/red.jpg");
    private static final URI BLUE = URI.create("s3://photos/blue.jpg");

    @TempDir
    private Path folder;

    @TempDir
    private Path shelf;

    private final List<URI> fetched = new ArrayList<>();

    @Test
    void frames_come_in_the_order_of_their_photos() throws Exception {
        var frames = frames();
        make(frames, "16:9", BLUE);

        var made = make(frames, "16:9", RED, BLUE, RED);

        assertThat(made.stream().map(PhotoFramesTest::colour)).containsExactly("red", "blue", "red");
    }

    @Test
    void a_frame_that_was_made_lately_is_not_made_again() throws Exception {
        var frames = frames();
        var first = make(frames, "16:9", RED, BLUE);
        var second = make(frames, null, BLUE, RED);

        assertThat(fetched).containsExactly(RED, BLUE);
        assertThat(second.getFirst()).hasSameBinaryContentAs(first.getLast());
        assertThat(second.getLast()).hasSameBinaryContentAs(first.getFirst());
    }

    @Test
    void another_shape_is_another_frame() throws Exception {
        var frames = frames();
        make(frames, "16:9", RED);
        var upright = ImageIO.read(make(frames, "9:16", RED).getFirst().toFile());

        assertThat(upright.getHeight()).isGreaterThan(upright.getWidth());
        assertThat(fetched).containsExactly(RED, RED);
    }

    @Test
    void what_was_not_asked_for_in_long_makes_room() throws Exception {
        var frames = frames();
        make(frames, "16:9", RED);
        for (var n = 0; n < 70; n++) {
            make(frames, "16:9", BLUE);
            make(frames, "16:9", URI.create("s3://photos/red.jpg?" + n));
        }
        fetched.clear();
        make(frames, "16:9", BLUE, RED);

        assertThat(fetched).containsExactly(RED);
        try (var files = Files.list(shelf)) {
            assertThat(files.count()).isEqualTo(64);
        }
    }

    private PhotoFrames frames() {
        return new PhotoFrames(this::fetch, new Frames(), shelf);
    }

    private void fetch(URI photo, Path into) {
        fetched.add(photo);
        var image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(photo.equals(BLUE) ? Color.BLUE : Color.RED);
        graphics.fillRect(0, 0, 64, 64);
        graphics.dispose();
        try {
            ImageIO.write(image, "png", into.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> make(PhotoFrames frames, String ratio, URI... photos) throws Exception {
        return frames.make(List.of(photos), ratio, Files.createTempDirectory(folder, ""));
    }

    private static String colour(Path frame) {
        try {
            var pixel = new Color(ImageIO.read(frame.toFile()).getRGB(20, 20));
            return pixel.getRed() > pixel.getBlue() ? "red" : "blue";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
