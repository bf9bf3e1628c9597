package io.showreel.selection.storyboard.narration;

import io.showreel.selection.storyboard.Deadline;
import io.showreel.selection.storyboard.StorytellerException;
import java.util.List;

/** Somebody who finds words, given time. */
public interface Narrator {

    /**
     * One line for each scene, as far as the narrator can count.
     *
     * @throws StorytellerException when nothing can be had
     */
    List<String> narrate(Assignment assignment, Deadline deadline) throws StorytellerException, InterruptedException;
}
