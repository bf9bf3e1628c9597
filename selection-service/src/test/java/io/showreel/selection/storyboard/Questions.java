package io.showreel.selection.storyboard;

import io.showreel.contracts.job.JobCommand.SelectScenes;

/** For the tests of storytellers, which live elsewhere. */
public final class Questions {

    private Questions() {}

    public static Question of(SelectScenes command) {
        return Question.about(command, SceneTemplates.ofTheHouse());
    }
}
