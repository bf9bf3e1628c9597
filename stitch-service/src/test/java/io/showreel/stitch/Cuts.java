package io.showreel.stitch;

import io.showreel.contracts.Configuration;
import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneEvent.LossReason;
import io.showreel.contracts.scene.SceneEvent.TakeLost;
import io.showreel.contracts.scene.SceneEvent.TakeRendered;
import io.showreel.contracts.scene.SceneRequest.CutRequested;
import io.showreel.contracts.scene.SceneRequest.CutWithdrawn;
import io.showreel.contracts.scene.SceneRequest.ErrorStrategy;
import io.showreel.contracts.scene.SceneRequest.Finish;
import io.showreel.contracts.scene.SceneRequest.FinishedScene;
import io.showreel.contracts.scene.SceneRequest.OnSceneFailure;
import io.showreel.contracts.scene.SceneRequest.RenderedTake;
import io.showreel.contracts.scene.SceneRequest.RenditionRequested;
import io.showreel.contracts.scene.SceneRequest.RequestedTake;
import io.showreel.contracts.scene.SceneRequest.TakeInput;
import io.showreel.contracts.scene.SceneRequest.Transition;
import io.showreel.contracts.scene.SceneRequest.WithdrawalReason;
import io.showreel.contracts.scene.TakeKind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** Messages about cuts of a few scenes; a take's id tells its job and scene. */
public final class Cuts {

    private static final Transition CUT = new Transition("cut", Duration.ZERO);

    private Cuts() {}

    static UUID take(long jobId, int scene) {
        return new UUID(jobId, scene);
    }

    static UUID scene(int scene) {
        return new UUID(0, scene);
    }

    public static CutRequested requested(long jobId, int cut, int scenes, Duration length) {
        return requested(jobId, cut, scenes, length, CUT);
    }

    /** @param into every scene but the first */
    static CutRequested requested(long jobId, int cut, int scenes, Duration length, Transition into) {
        var numbers = IntStream.rangeClosed(1, scenes).boxed().toList();
        return new CutRequested(
                jobId,
                cut,
                new UUID(1, 1),
                new UUID(1, 2),
                "default",
                null,
                OnSceneFailure.PARTIAL,
                ErrorStrategy.CONTINUE_WITH_SILENCE,
                numbers.stream()
                        .map(number -> new RequestedTake(take(jobId, number), scene(number), false, input(length)))
                        .toList(),
                new Finish(
                        "16:9",
                        numbers.stream()
                                .map(number -> finished(jobId, number, length, into))
                                .toList(),
                        null),
                Configuration.BUILT_IN);
    }

    public static TakeRendered rendered(long jobId, int cut, int scene, URI clip) {
        return new TakeRendered(
                jobId,
                cut,
                take(jobId, scene),
                scene(scene),
                TakeKind.CLIP,
                "prediction",
                "google/veo-3.1-fast",
                clip,
                "video/mp4",
                1,
                null,
                Usd.ZERO,
                1);
    }

    static TakeLost lost(long jobId, int cut, int scene) {
        return new TakeLost(
                jobId,
                cut,
                take(jobId, scene),
                scene(scene),
                TakeKind.CLIP,
                LossReason.REFUSED,
                "It was refused.",
                Usd.ZERO,
                1);
    }

    /** Of scenes of a second each. */
    static RenditionRequested rendition(long jobId, int cut, UUID id, String aspectRatio, URI... clips) {
        var numbers = IntStream.rangeClosed(1, clips.length).boxed().toList();
        var length = Duration.ofSeconds(1);
        return new RenditionRequested(
                jobId,
                cut,
                id,
                new Finish(
                        aspectRatio,
                        numbers.stream()
                                .map(number -> finished(jobId, number, length, CUT))
                                .toList(),
                        null),
                numbers.stream()
                        .map(number -> new RenderedTake(
                                take(jobId, number), TakeKind.CLIP, scene(number), clips[number - 1], length))
                        .toList());
    }

    public static CutWithdrawn withdrawn(long jobId, int cut) {
        return new CutWithdrawn(jobId, cut, WithdrawalReason.CANCELED);
    }

    private static TakeInput input(Duration length) {
        return new TakeInput(
                TakeKind.CLIP, "google/veo-3.1-fast", "Slowly forward", null, null, length, "16:9", Map.of());
    }

    private static FinishedScene finished(long jobId, int number, Duration length, Transition into) {
        return new FinishedScene(scene(number), take(jobId, number), "Scene " + number, length, into, null);
    }

    static List<UUID> scenes(int... numbers) {
        return IntStream.of(numbers).mapToObj(Cuts::scene).toList();
    }
}
