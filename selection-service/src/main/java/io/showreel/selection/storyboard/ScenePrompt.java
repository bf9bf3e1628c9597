package io.showreel.selection.storyboard;

import io.showreel.selection.storyboard.SceneTemplate.Occasion;
import java.util.Locale;

/** Writes what the video model is told about a scene. */
final class ScenePrompt {

    /** The least that any of the video models takes. */
    static final int LONGEST = 2000;

    private ScenePrompt() {}

    static String of(SceneTemplate template, Occasion occasion) {
        var campaign = occasion.campaign();
        var description = occasion.description();
        var style = occasion.style();
        var subject = campaign.isBlank()
                ? "the " + occasion.subject()
                : "the %s at %s".formatted(occasion.subject(), Text.shortened(campaign, 120));
        var prompt = new StringBuilder(template.videoPrompt().replace("{subject}", subject));
        prompt.append(" Camera: ").append(template.cameraMovement()).append('.');
        prompt.append(" Mood: ").append(template.mood()).append('.');
        if (description != null && !description.isBlank()) {
            prompt.append(" In the picture: ").append(Text.sentence(Text.shortened(description, 600)));
        }
        if (style != null && !style.isBlank()) {
            prompt.append(" Style: ")
                    .append(Text.sentence(Text.shortened(style, 200).toLowerCase(Locale.ROOT)));
        }
        prompt.append(" One continuous shot that starts exactly on the first frame and comes to rest on the last;"
                + " photorealistic, true to the architecture, no cuts, no people entering, no lettering.");
        return Text.shortened(prompt.toString(), LONGEST);
    }
}
