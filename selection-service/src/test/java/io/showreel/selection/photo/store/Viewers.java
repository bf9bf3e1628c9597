package io.showreel.selection.photo.store;

import io.showreel.objects.ObjectStore;
import io.showreel.selection.photo.LookingSettings;
import io.showreel.selection.photo.PhotoViewer;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** For tests elsewhere. */
public final class Viewers {

    private Viewers() {}

    public static PhotoViewer over(ObjectStore store) {
        return new StoredPhotos(
                store,
                new LookingSettings(Duration.ofMinutes(2), 2, 150_000_000, 8_000_000, 1000, DataSize.ofMegabytes(8)));
    }
}
