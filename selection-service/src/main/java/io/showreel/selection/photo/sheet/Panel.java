package io.showreel.selection.photo.sheet;

import io.showreel.selection.photo.Thumbnail;
import java.net.URI;
import java.util.List;

/** Photos that stand together on a sheet, in rows. */
public record Panel(List<Cell> cells) {

    public Panel {
        cells = List.copyOf(cells);
    }

    /** @param label digits, {@code p} and {@code g}, such as {@code p12} */
    public record Cell(String label, URI object, Thumbnail thumbnail) {}
}
