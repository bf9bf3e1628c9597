package io.showreel.selection.photo.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.selection.photo.Jpeg;
import io.showreel.selection.photo.LookingSettings;
import io.showreel.selection.photo.SamplePhotos;
import io.showreel.selection.photo.Thumbnail;
import io.showreel.selection.photo.sheet.Panel.Cell;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class ContactSheetsTest {

    private final ContactSheets sheets =
            new ContactSheets(new LookingSettings(Duration.ofSeconds(1), 1, 1, 1, 1, DataSize.ofMegabytes(1)));

    @Test
    void a_sheet_is_a_jpeg_of_about_a_thousand_points_with_its_photos_in_rows_of_three() throws Exception {
        var sheet = decoded(sheets.print(List.of(panel(1, 6))));

        assertThat(sheet.getWidth()).isBetween(1000, 1048);
        assertThat(sheet.getHeight()).isBetween(450, 480);
    }

    @Test
    void upright_photos_stand_five_in_a_row_and_as_large_as_others() throws Exception {
        var upright = new Thumbnail(
                Jpeg.of(SamplePhotos.scaled(SamplePhotos.portrait(SamplePhotos.photo("Dining 1")), 189, 336), 0.8f));
        var cells = IntStream.rangeClosed(1, 6)
                .mapToObj(i -> new Cell("p" + i, URI.create("s3://showreel/assets/upright-" + i), upright))
                .toList();

        var sheet = decoded(sheets.print(List.of(new Panel(cells))));

        assertThat(sheet.getWidth()).isBetween(1000, 1048);
        assertThat(sheet.getHeight()).isBetween(680, 700);
    }

    @Test
    void panels_stand_below_each_other() throws Exception {
        var sheet = decoded(sheets.print(List.of(panel(1, 6), panel(7, 2))));

        assertThat(sheet.getHeight()).isBetween(680, 730);
    }

    @Test
    void the_label_stands_white_on_black_over_its_photo() throws Exception {
        var sheet = decoded(sheets.print(List.of(panel(1, 1))));

        var corner = new Color(sheet.getRGB(8, 8));
        assertThat(corner.getRed()).isLessThan(60);
        var inside = IntStream.range(6, 6 + Lettering.width("p1"))
                .flatMap(x -> IntStream.range(6, 6 + Lettering.HEIGHT).map(y -> sheet.getRGB(x, y) & 0xff));
        assertThat(inside.filter(blue -> blue > 200).count()).isGreaterThan(120);
    }

    @Test
    void every_label_looks_different() {
        var pictures = IntStream.range(0, 500)
                .mapToObj(i -> "p" + i)
                .map(ContactSheetsTest::lettered)
                .distinct();

        assertThat(pictures).hasSize(500);
    }

    @Test
    void the_same_sheet_is_printed_once() {
        assertThat(sheets.print(List.of(panel(1, 3)))).isSameAs(sheets.print(List.of(panel(1, 3))));
        assertThat(sheets.print(List.of(panel(1, 3)))).isNotEqualTo(sheets.print(List.of(panel(4, 3))));
    }

    private static String lettered(String label) {
        var image = new BufferedImage(200, Lettering.HEIGHT, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        Lettering.draw(graphics, label, 0, 0);
        graphics.dispose();
        return Arrays.toString(image.getRGB(0, 0, 200, Lettering.HEIGHT, null, 0, 200));
    }

    private static Panel panel(int from, int photos) {
        var thumbnail = new Thumbnail(Jpeg.of(SamplePhotos.scaled(SamplePhotos.photo("Dining 1"), 336, 189), 0.8f));
        return new Panel(IntStream.range(from, from + photos)
                .mapToObj(i -> new Cell("p" + i, URI.create("s3://showreel/assets/" + i), thumbnail))
                .toList());
    }

    private static BufferedImage decoded(String uri) throws Exception {
        assertThat(uri).startsWith("data:image/jpeg;base64,");
        var bytes = Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1));
        return ImageIO.read(new ByteArrayInputStream(bytes));
    }
}
