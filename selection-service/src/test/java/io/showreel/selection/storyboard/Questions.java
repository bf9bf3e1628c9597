package io.showreel.selection.storyboard;

import io.showreel.contracts.job.JobCommand.SelectScenes;
import io.showreel.selection.photo.Album;

/** For the tests of storytellers, which live elsewhere. */
public final class Questions {

    private Questions() {}

    public static Question of(SelectScenes command) {
        return of(command, Album.UNSEEN);
    }

    public static Question of(SelectScenes command, Album album) {
        return Question.about(command, SceneTemplates.ofTheHouse(), album);
    }
}
