package io.showreel.selection.photo.sheet;

import io.showreel.selection.photo.LookingSettings;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** For tests elsewhere. */
public final class Printers {

    private Printers() {}

    public static ContactSheets contactSheets() {
        return new ContactSheets(new LookingSettings(Duration.ofSeconds(1), 1, 1, 1, 1, DataSize.ofMegabytes(8)));
    }
}
