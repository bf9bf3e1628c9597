package io.showreel.stitch.cutting;

import io.showreel.contracts.video.VideoEvent.Choice;
import io.showreel.stitch.editing.CannotCutException;
import io.showreel.stitch.editing.EditList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Puts films together. */
public interface Editor {

    /**
     * Cuts the film and checks it; the same material gives the same bytes.
     *
     * @throws CannotCutException if there can be no film of this material
     * @throws IOException if another try may succeed
     */
    CutFilm cut(EditList edits, Shelf shelf, Room room) throws IOException, InterruptedException;

    /**
     * Does for one shot what can be done before the others are there, and leaves it on the shelf.
     *
     * @param edits the film with the clips that are there by now
     * @return the reel; empty if the clip can't be read
     */
    Optional<Reel> prepare(EditList edits, UUID takeId, Effort effort, Shelf shelf, Room room)
            throws IOException, InterruptedException;

    /** How much is done for a clip before its film is cut. */
    enum Effort {
        /** What the clips that are there by now show to be needed. */
        NEEDED,
        /** Whatever any later film of the clip may need. */
        ALL
    }

    /**
     * Where one piece of work is done.
     *
     * @param folder for every file that comes up
     */
    record Room(Path folder, Watch watch, Urgency urgency) {}

    /** Who waits for a piece of work. */
    enum Urgency {
        /** A film. */
        WANTED,
        /** Nobody: it takes what time is left. */
        IDLE
    }

    /**
     * @param reels of its shots
     * @param poster a JPEG
     * @param showcase what a player shows before and beside the film
     * @param way how it was cut, such as {@code copy} or {@code normalise+music}
     * @param plan how each clip and each boundary was treated
     */
    record CutFilm(
            Path film,
            List<Reel> reels,
            Path poster,
            Showcase showcase,
            int width,
            int height,
            int frames,
            String way,
            List<Choice> plan) {
        public CutFilm {
            reels = List.copyOf(reels);
            plan = List.copyOf(plan);
        }
    }

    /**
     * @param poster a WebP
     * @param sprite a JPEG of small pictures
     * @param track WebVTT that says which of them belongs to which time
     */
    record Showcase(Path poster, Path sprite, Path track) {}

    /** Looks at the work now and then while it goes on; several threads may ask at once. */
    interface Watch {
        /** @throws StoppedException if the work is in vain */
        void at(int percent);
    }

    /** The cut was withdrawn or its lease is over; whatever runs for it is ended. */
    final class StoppedException extends RuntimeException {
        public StoppedException(String why) {
            super(why);
        }
    }
}
