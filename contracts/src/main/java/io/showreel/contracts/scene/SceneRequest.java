package io.showreel.contracts.scene;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import io.showreel.contracts.Configuration;
import io.showreel.contracts.Topics;
import io.showreel.contracts.Usd;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the gateway asks of render- and stitch-service; both read every message. */
public sealed interface SceneRequest {
    String TOPIC = Topics.SCENE_REQUESTS;

    /**
     * The whole cut: what has to be rendered, and how it is put together.
     *
     * @param cut 1 for a job's first, higher for each further one; it becomes the film's revision
     * @param account the provider account that pays
     * @param maxCost caps the job over all its cuts; null for no cap
     * @param takes clips in the order of the film, then music and speech
     */
    record CutRequested(
            long jobId,
            int cut,
            UUID clientId,
            UUID campaignId,
            String account,
            @Nullable Usd maxCost,
            OnSceneFailure onSceneFailure,
            ErrorStrategy errorStrategy,
            List<RequestedTake> takes,
            Finish finish,
            Configuration configuration)
            implements SceneRequest {
        public CutRequested {
            takes = List.copyOf(takes);
        }
    }

    /** The cut is no longer wanted: nothing further is started for it and no film of it is published. */
    record CutWithdrawn(long jobId, int cut, WithdrawalReason reason) implements SceneRequest {}

    /**
     * A person's word on a take that can't be verified any more.
     *
     * @param paid true ends it as lost and counts its price; false permits a resubmission
     */
    record TakeResolved(long jobId, UUID takeId, boolean paid) implements SceneRequest {}

    /**
     * Another shape of a film whose takes are rendered: cut from the same files, without a provider's call. Answered by
     * {@code RenditionPublished} or {@code RenditionFailed}.
     *
     * @param cut whose takes these are
     * @param finish as that cut's, with this rendition's aspect ratio
     * @param takes every file that the rendition is made of
     */
    record RenditionRequested(long jobId, int cut, UUID renditionId, Finish finish, List<RenderedTake> takes)
            implements SceneRequest {
        public RenditionRequested {
            takes = List.copyOf(takes);
        }
    }

    /** A paid trial that belongs to no job; keyed by its take id. */
    record TestTakeRequested(UUID takeId, @Nullable UUID clientId, String account, TakeInput input)
            implements SceneRequest {}

    /** A type this version does not know: skipped by its readers, never written. */
    record Unrecognised() implements SceneRequest {}

    enum OnSceneFailure {
        PARTIAL,
        FAIL
    }

    enum ErrorStrategy {
        CONTINUE_WITH_SILENCE,
        HALT
    }

    /** What becomes of a clip whose aspect ratio is not the film's. */
    enum Fit {
        /** Shown whole, over itself, enlarged and blurred. */
        BLUR,
        /** Cut around its centre. */
        CROP
    }

    enum WithdrawalReason {
        CANCELED,
        EXPIRED,
        REQUIRED_TAKE_LOST,
        @JsonEnumDefaultValue
        OTHER
    }

    /**
     * One paid input of a cut. The same take id in a later cut means the same input and costs nothing again.
     *
     * @param sceneId null for music
     * @param required whether the film fails without it
     */
    record RequestedTake(UUID takeId, @Nullable UUID sceneId, boolean required, TakeInput input) {}

    /**
     * What the provider is given; the identity of a take.
     *
     * @param model requested model, such as {@code google/veo-3.1-fast}
     * @param prompt the text to be spoken for speech
     * @param firstFrame photo that a clip starts from, as {@code s3://bucket/key}; null for sound
     * @param lastFrame photo that a clip ends at; null for sound and for models without one
     * @param length asked of the model, so a length that it supports; null for speech
     * @param aspectRatio {@code 16:9}, {@code 9:16} or {@code 1:1}; null for sound
     * @param options further inputs of the model, such as a voice
     */
    record TakeInput(
            TakeKind kind,
            String model,
            String prompt,
            @Nullable URI firstFrame,
            @Nullable URI lastFrame,
            @Nullable Duration length,
            @Nullable String aspectRatio,
            Map<String, String> options) {
        public TakeInput {
            options = Map.copyOf(options);
        }
    }

    /**
     * How the film is put together.
     *
     * @param scenes in order; each scene's clip is its take of kind {@code clip}
     * @param mix null for a silent film
     * @param fit null leaves it to stitch-service
     */
    record Finish(
            String aspectRatio,
            List<FinishedScene> scenes,
            @Nullable Mix mix,
            @Nullable Fit fit) {
        public Finish {
            scenes = List.copyOf(scenes);
        }

        /** With the usual fit. */
        public Finish(String aspectRatio, List<FinishedScene> scenes, @Nullable Mix mix) {
            this(aspectRatio, scenes, mix, null);
        }
    }

    /**
     * A take's file.
     *
     * @param sceneId null for music
     * @param object as {@code s3://bucket/key}
     * @param length as the provider was asked for; null for speech
     */
    record RenderedTake(
            UUID takeId,
            TakeKind kind,
            @Nullable UUID sceneId,
            URI object,
            @Nullable Duration length) {}

    /**
     * @param length of the scene in the film; a longer clip is trimmed, a shorter one held
     * @param transition into this scene; the first scene's is ignored
     */
    record FinishedScene(
            UUID sceneId,
            UUID takeId,
            String title,
            Duration length,
            Transition transition,
            @Nullable TextOverlay text) {}

    /** @param kind {@code cut}, {@code fade}, {@code dissolve}, {@code wipe} or {@code slide} */
    record Transition(String kind, Duration length) {}

    /** @param options font, size, colour, position and times, as the REST API names them */
    record TextOverlay(String text, Map<String, String> options) {
        public TextOverlay {
            options = Map.copyOf(options);
        }
    }

    /**
     * @param fade length of the music's fade at the film's end
     * @param syncMode {@code trim}, {@code stretch} or {@code compress}
     */
    record Mix(Duration fade, String syncMode) {}
}
