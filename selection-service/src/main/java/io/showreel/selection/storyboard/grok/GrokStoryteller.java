package io.showreel.selection.storyboard.grok;

import io.showreel.selection.photo.sheet.ContactSheets;
import io.showreel.selection.storyboard.Deadline;
import io.showreel.selection.storyboard.Question;
import io.showreel.selection.storyboard.Spent;
import io.showreel.selection.storyboard.Storyteller;
import io.showreel.selection.storyboard.StorytellerException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Fallback;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** Grok, made to answer in the form of a schema. What the form can't say is for others to judge. */
@Component
@Fallback
class GrokStoryteller implements Storyteller {

    private final XaiSettings settings;
    private final XaiClient client;
    private final StoryRequest requests;
    private final CastingRequest casting;

    GrokStoryteller(XaiSettings settings, XaiClient client, ContactSheets sheets) {
        this.settings = settings;
        this.client = client;
        this.requests = new StoryRequest(settings, sheets);
        this.casting = new CastingRequest(settings, sheets);
    }

    /** The first of two passes, over one picture of each group; whatever it comes to, there is a second one. */
    @Override
    public Narrowing narrow(Question question, Deadline deadline) throws StorytellerException, InterruptedException {
        if (question.groups().size() <= CastingRequest.MOST_GROUPS
                || question.album().isEmpty()) {
            return new Narrowing(question, Spent.NOTHING);
        }
        checkKey();
        var reply = client.complete(conversation(question), casting.of(question), deadline);
        return new Narrowing(
                casting.narrowed(question, reply.content()), reply.spent(settings.model(), settings.prices()));
    }

    @Override
    public Telling tell(Question question, @Nullable Objection earlier, Deadline deadline)
            throws StorytellerException, InterruptedException {
        checkKey();
        var reply = client.complete(conversation(question), requests.of(question, earlier), deadline);
        return heard(reply, reply.spent(settings.model(), settings.prices()));
    }

    private void checkKey() throws StorytellerException {
        if (settings.key().isMissing()) {
            throw new StorytellerException("provider_auth", "No xAI key is configured. Set XAI_API_KEY.");
        }
    }

    private static String conversation(Question question) {
        return Long.toString(question.command().jobId());
    }

    private record Answer(
            @Nullable List<AnsweredScene> scenes, @Nullable String music) {}

    private record AnsweredScene(
            @Nullable String sceneType,
            @Nullable String first,
            @Nullable String last,
            @Nullable String title,
            @Nullable String description,
            @Nullable String reason,
            @Nullable Double score) {}

    private static Telling heard(ChatReply reply, Spent spent) {
        var choice = reply.choices() == null || reply.choices().isEmpty()
                ? null
                : reply.choices().getFirst();
        var message = choice == null ? null : choice.message();
        if (choice == null || message == null) {
            return new Mumble("", "The answer was empty.", spent);
        }
        var content = message.content() == null ? "" : message.content();
        if (message.refusal() != null) {
            return new Mumble(message.refusal(), "The task was declined; it is a harmless one.", spent);
        }
        if ("length".equals(choice.finishReason())) {
            return new Mumble(content, "The answer was broken off for its length; be briefer.", spent);
        }
        try {
            return story(content, XaiClient.JSON.readValue(content, Answer.class), spent);
        } catch (JacksonException e) {
            return new Mumble(content, "The answer was not the JSON that was asked for.", spent);
        }
    }

    private static Telling story(String content, @Nullable Answer answer, Spent spent) {
        if (answer == null || answer.scenes() == null) {
            return new Mumble(content, "The answer has no scenes.", spent);
        }
        var scenes = answer.scenes().stream()
                .map(scene -> new Scene(
                        scene.first() == null ? "" : scene.first(),
                        scene.last() == null ? "" : scene.last(),
                        scene.sceneType(),
                        scene.title(),
                        scene.description(),
                        scene.reason(),
                        scene.score()))
                .toList();
        return new Story(content, scenes, answer.music(), spent);
    }
}
