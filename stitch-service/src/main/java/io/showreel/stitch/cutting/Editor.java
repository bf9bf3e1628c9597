package io.showreel.stitch.cutting;

import io.showreel.contracts.video.VideoEvent.Choice;
import io.showreel.stitch.editing.CannotCutException;
import io.showreel.stitch.editing.EditList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
     * Makes what a player shows before and beside a film that was cut.
     *
     * @param poster a JPEG that is shown for the film already; null if the best frame has to be chosen
     * @throws CannotCutException if its clips can't be read any more
     */
    Shown show(EditList edits, @Nullable Path poster, Shelf shelf, Room room) throws IOException, InterruptedException;

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
        /** A film that still waits for others too, or who wants to look at one: a film that waits for nothing else goes first. */
        SOON,
        /** Nobody: it takes what time is left. */
        IDLE
    }

    /**
     * @param poster a JPEG of the best frame that is known; null if no clip was looked over yet
     * @param way how it was cut, such as {@code copy} or {@code normalise+music}
     * @param plan how each clip and each boundary was treated
     */
    record CutFilm(Path film, @Nullable Path poster, int width, int height, int frames, String way, List<Choice> plan) {
        public CutFilm {
            plan = List.copyOf(plan);
        }
    }

    /**
     * @param reels of its shots, looked over
     * @param poster a JPEG, the one that is shown already or of the best frame
     * @param webp the same as a WebP
     * @param sprite a JPEG of small pictures
     * @param track WebVTT that says which of them belongs to which time
     */
    record Shown(List<Reel> reels, Path poster, Path webp, Path sprite, Path track) {
        public Shown {
            reels = List.copyOf(reels);
        }
    }

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
