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

    static final int COLUMNS = 3;
    private static final int GAP = 6;
    private static final int CELL_WIDTH = Thumbnail.SIDE;
    private static final int CELL_HEIGHT = 224;
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

    static byte[] jpeg(List<Panel> panels) {
        var rows = panels.stream().mapToInt(ContactSheets::rows).sum();
        var height = GAP + rows * (CELL_HEIGHT + GAP) + (panels.size() - 1) * 3 * GAP;
        var sheet = new BufferedImage(
                GAP + COLUMNS * (CELL_WIDTH + GAP), Math.max(height, CELL_HEIGHT), BufferedImage.TYPE_INT_RGB);
        var graphics = sheet.createGraphics();
        try {
            graphics.setColor(Color.DARK_GRAY);
            graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
            var top = GAP;
            for (var panel : panels) {
                draw(graphics, panel, top);
                top += rows(panel) * (CELL_HEIGHT + GAP) + 3 * GAP;
            }
        } finally {
            graphics.dispose();
        }
        return Jpeg.of(sheet, QUALITY);
    }

    private static int rows(Panel panel) {
        return Math.ceilDiv(panel.cells().size(), COLUMNS);
    }

    private static void draw(Graphics2D graphics, Panel panel, int top) {
        for (var i = 0; i < panel.cells().size(); i++) {
            draw(
                    graphics,
                    panel.cells().get(i),
                    GAP + i % COLUMNS * (CELL_WIDTH + GAP),
                    top + i / COLUMNS * (CELL_HEIGHT + GAP));
        }
    }

    /** The whole photo, in the middle of its cell, under its label. */
    private static void draw(Graphics2D graphics, Cell cell, int left, int top) {
        var photo = decoded(cell.thumbnail());
        var scale = Math.min(
                1.0, Math.min((double) CELL_WIDTH / photo.getWidth(), (double) CELL_HEIGHT / photo.getHeight()));
        var width = (int) Math.round(photo.getWidth() * scale);
        var height = (int) Math.round(photo.getHeight() * scale);
        graphics.drawImage(
                photo, left + (CELL_WIDTH - width) / 2, top + (CELL_HEIGHT - height) / 2, width, height, null);
        Lettering.draw(graphics, cell.label(), left, top);
    }

    private static BufferedImage decoded(Thumbnail thumbnail) {
        try (var bytes = thumbnail.open()) {
            return ImageIO.read(new MemoryCacheImageInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
