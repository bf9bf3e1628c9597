package io.showreel.selection.photo;

import io.showreel.contracts.job.JobCommand.Photo;
import java.time.Duration;
import java.util.List;

/** Somebody who looks at photos. */
public interface PhotoViewer {

    /** Looks at as many as there is time for; the album says what is missing. */
    Album look(List<Photo> photos, Duration atMost) throws InterruptedException;
}
