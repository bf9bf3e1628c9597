package io.showreel.selection.photo.sheet;

import io.showreel.selection.photo.Jpeg;
import io.showreel.selection.photo.LookingSettings;
import io.showreel.selection.photo.Recent;
import io.showreel.selection.photo.Thumbnail;
import io.showreel.selection.photo.sheet.Panel.Cell;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.springframework.stereotype.Component;

/** Prints contact sheets, and keeps the last ones: for the same photos under the same labels they are the same. */
@Component
public class ContactSheets {

    private static final int GAP = 6;
    private static final int BETWEEN = 3 * GAP;
    private static final int WIDTH = GAP + 3 * (Thumbnail.SIDE + GAP);
    private static final float QUALITY = 0.75f;
    private static final String DATA = "data:image/jpeg;base64,";

    private final Recent<List<Key>, String> printed;

    ContactSheets(LookingSettings settings) {
        printed = new Recent<>(settings.sheets().toBytes(), String::length);
    }

    private record Key(String label, URI object, int panel) {}

    /** One JPEG with a panel below the other, as a data URI. */
    public String print(List<Panel> panels) {
        var key = new ArrayList<Key>();
        for (var i = 0; i < panels.size(); i++) {
            for (var cell : panels.get(i).cells()) {
                key.add(new Key(cell.label(), cell.object(), i));
            }
        }
        var known = printed.get(key);
        if (known != null) {
            return known;
        }
        var sheet = DATA + Base64.getEncoder().encodeToString(jpeg(panels));
        printed.remember(key, sheet);
        return sheet;
    }

    /** How a panel's photos lie: upright ones are narrow, so that more of them stand in a row. */
    private record Grid(int columns, int cellWidth, int cellHeight) {

        static final Grid LANDSCAPE = new Grid(3, Thumbnail.SIDE, 224);
        static final Grid UPRIGHT = new Grid(5, (WIDTH - GAP) / 5 - GAP, Thumbnail.SIDE);

        static Grid of(List<BufferedImage> photos) {
            var upright = photos.stream()
                    .filter(photo -> photo.getHeight() > photo.getWidth())
                    .count();
            return 2 * upright > photos.size() ? UPRIGHT : LANDSCAPE;
        }

        int height(int photos) {
            return Math.ceilDiv(photos, columns) * (cellHeight + GAP);
        }
    }

    private record Arranged(Grid grid, List<Cell> cells, List<BufferedImage> photos) {

        static Arranged of(Panel panel) {
            var photos = panel.cells().stream()
                    .map(cell -> decoded(cell.thumbnail()))
                    .toList();
            return new Arranged(Grid.of(photos), panel.cells(), photos);
        }

        int height() {
            return grid.height(cells.size());
        }
    }

    static byte[] jpeg(List<Panel> panels) {
        var arranged = panels.stream().map(Arranged::of).toList();
        var height = GAP + arranged.stream().mapToInt(Arranged::height).sum() + (panels.size() - 1) * BETWEEN;
        var sheet = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
        var graphics = sheet.createGraphics();
        try {
            graphics.setColor(Color.DARK_GRAY);
            graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
            var top = GAP;
            for (var panel : arranged) {
                draw(graphics, panel, top);
                top += panel.height() + BETWEEN;
            }
        } finally {
            graphics.dispose();
        }
        return Jpeg.of(sheet, QUALITY);
    }

    private static void draw(Graphics2D graphics, Arranged panel, int top) {
        var grid = panel.grid();
        for (var i = 0; i < panel.cells().size(); i++) {
            var left = GAP + i % grid.columns() * (grid.cellWidth() + GAP);
            var down = top + i / grid.columns() * (grid.cellHeight() + GAP);
            draw(graphics, grid, panel.photos().get(i), left, down);
            Lettering.draw(graphics, panel.cells().get(i).label(), left, down);
        }
    }

    /** The whole photo, in the middle of its cell. */
    private static void draw(Graphics2D graphics, Grid grid, BufferedImage photo, int left, int top) {
        var across = (double) grid.cellWidth() / photo.getWidth();
        var down = (double) grid.cellHeight() / photo.getHeight();
        var scale = Math.min(1.0, Math.min(across, down));
        var width = (int) Math.round(photo.getWidth() * scale);
        var height = (int) Math.round(photo.getHeight() * scale);
        graphics.drawImage(
                photo,
                left + (grid.cellWidth() - width) / 2,
                top + (grid.cellHeight() - height) / 2,
                width,
                height,
                null);
    }

    private static BufferedImage decoded(Thumbnail thumbnail) {
        try (var bytes = thumbnail.open()) {
            return ImageIO.read(new MemoryCacheImageInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
