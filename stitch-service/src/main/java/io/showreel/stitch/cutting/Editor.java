package io.showreel.stitch.cutting;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** Puts a film together. */
public interface Editor {

    /**
     * Cuts the film and checks it; the same material gives the same bytes.
     *
     * @param material the files of everything that the list names; a track that may be missing may lack
     * @param folder for every file that comes up
     * @throws CannotCutException if there can be no film of this material
     * @throws IOException if another try may succeed
     */
    CutFilm cut(EditList edits, Map<URI, Path> material, Path folder, Watch watch)
            throws IOException, InterruptedException;

    /** @param way how it was cut, such as {@code copy} or {@code normalise+music} */
    record CutFilm(Path film, Path poster, int width, int height, int frames, String way) {}

    /** Looks at the work now and then while it goes on. */
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
