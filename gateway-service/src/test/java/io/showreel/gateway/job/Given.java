package io.showreel.gateway.job;

import io.showreel.contracts.Configuration;
import io.showreel.contracts.Usd;
import io.showreel.contracts.job.JobCommand;
import io.showreel.contracts.job.JobType;
import io.showreel.contracts.scene.SceneEvent;
import io.showreel.contracts.scene.SceneRequest;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.contracts.storyboard.StoryboardEvent;
import io.showreel.contracts.video.VideoEvent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A job and the facts of its life, as the tests need them. */
public final class Given {

    public static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    static final Instant SELECTION_DUE = NOW.plus(Duration.ofMinutes(10));
    static final Instant CUT_DUE = NOW.plus(Duration.ofHours(24));
    static final long JOB = 7;
    static final UUID CLIENT = id(900);
    static final UUID CAMPAIGN = id(901);
    static final UUID MUSIC_TAKE = id(300);

    private Given() {}

    static UUID id(int n) {
        return new UUID(0, n);
    }

    static UUID scene(int n) {
        return id(100 + n);
    }

    static UUID clip(int n) {
        return id(200 + n);
    }

    static final class OrderBuilder {
        private boolean music;
        private boolean autoApprove;
        private SceneRequest.OnSceneFailure onSceneFailure = SceneRequest.OnSceneFailure.PARTIAL;
        private SceneRequest.ErrorStrategy errorStrategy = SceneRequest.ErrorStrategy.CONTINUE_WITH_SILENCE;
        private List<String> sceneTypes = List.of();
        private @Nullable Usd maxCost;
        private @Nullable StageTimes pace;

        OrderBuilder music() {
            music = true;
            return this;
        }

        OrderBuilder autoApprove() {
            autoApprove = true;
            return this;
        }

        OrderBuilder failOnLoss() {
            onSceneFailure = SceneRequest.OnSceneFailure.FAIL;
            return this;
        }

        OrderBuilder haltWithoutMusic() {
            errorStrategy = SceneRequest.ErrorStrategy.HALT;
            return music();
        }

        OrderBuilder sceneTypes(String... types) {
            sceneTypes = List.of(types);
            return this;
        }

        OrderBuilder maxCost(String cap) {
            maxCost = Usd.of(cap);
            return this;
        }

        OrderBuilder pace(@Nullable StageTimes expected) {
            pace = expected;
            return this;
        }

        Order build() {
            return new Order(
                    JOB,
                    JobType.IMAGE_PAIRS,
                    CLIENT,
                    CAMPAIGN,
                    "Retreat 1",
                    4,
                    new JobCommand.Wish(2, Duration.ofSeconds(5), "16:9", null, null, "cut", sceneTypes),
                    new ClipModel(
                            "google/veo-3.1-fast",
                            List.of(Duration.ofSeconds(4), Duration.ofSeconds(6), Duration.ofSeconds(8)),
                            Usd.of("0.10")),
                    music
                            ? new MusicModel("stability-ai/stable-audio-2.5", Duration.ofSeconds(180), Usd.of("0.20"))
                            : null,
                    autoApprove,
                    onSceneFailure,
                    errorStrategy,
                    maxCost,
                    "default",
                    Configuration.BUILT_IN,
                    Map.of(),
                    null,
                    pace);
        }
    }

    static OrderBuilder order() {
        return new OrderBuilder();
    }

    static Material material() {
        return new Material(
                new JobCommand.Campaign(CAMPAIGN, CLIENT, "Retreat", null, null, null),
                IntStream.rangeClosed(1, 4)
                        .mapToObj(n -> new JobCommand.Photo(
                                id(n), "Exterior " + n, List.of(), null, URI.create("s3://b/p" + n), 1280, 720))
                        .toList());
    }

    static Fact created(Order order) {
        return new Fact.Created(order, material(), SELECTION_DUE);
    }

    static Fact chosen(int selection) {
        return new Fact.StoryboardChosen(
                selection,
                List.of(chosenScene("Hook", 1, 2), chosenScene("Outro", 3, 4)),
                StoryboardEvent.Origin.MODEL,
                "calm piano",
                List.of(new Fact.SceneIds(scene(1), clip(1)), new Fact.SceneIds(scene(2), clip(2))),
                MUSIC_TAKE,
                CUT_DUE);
    }

    static StoryboardEvent.ChosenScene chosenScene(String title, int first, int last) {
        return new StoryboardEvent.ChosenScene(
                title,
                null,
                "a slow dolly forward",
                "hook",
                "Exterior",
                Duration.ofSeconds(5),
                "cut",
                id(first),
                id(last),
                0.9,
                null,
                List.of());
    }

    static Scene addedScene(int n, int first, int last) {
        return new Scene(
                scene(n),
                clip(n),
                "Scene " + n,
                null,
                "a pan sweep",
                "hook",
                null,
                Duration.ofSeconds(4),
                "cut",
                frame(first),
                frame(last),
                null,
                null,
                List.of(),
                null,
                null);
    }

    static Scene.Frame frame(int n) {
        return new Scene.Frame(id(n), URI.create("s3://b/p" + n));
    }

    static WishesBuilder wishes() {
        return new WishesBuilder();
    }

    /** What a person changes about a scene. */
    static final class WishesBuilder {
        private @Nullable String title;
        private @Nullable String prompt;
        private @Nullable String sceneType;
        private @Nullable String transition;
        private @Nullable String caption;
        private @Nullable Duration duration;
        private Scene.@Nullable Frame first;
        private Scene.@Nullable Frame last;

        WishesBuilder title(String wished) {
            title = wished;
            return this;
        }

        WishesBuilder prompt(String wished) {
            prompt = wished;
            return this;
        }

        WishesBuilder sceneType(String wished) {
            sceneType = wished;
            return this;
        }

        WishesBuilder transition(String wished) {
            transition = wished;
            return this;
        }

        WishesBuilder caption(String wished) {
            caption = wished;
            return this;
        }

        WishesBuilder duration(double seconds) {
            duration = Duration.ofMillis((long) (seconds * 1000));
            return this;
        }

        WishesBuilder photos(int one, int other) {
            first = frame(one);
            last = frame(other);
            return this;
        }

        SceneChange.Wishes build() {
            return new SceneChange.Wishes(
                    title, null, prompt, sceneType, null, duration, transition, first, last, caption);
        }
    }

    static Fact approved() {
        return new Fact.Approved(null, CUT_DUE);
    }

    static Fact started(int cut, UUID take) {
        return new Fact.OfScene(new SceneEvent.TakeStarted(JOB, cut, take, sceneOf(take), kindOf(take), "p", "m", 1));
    }

    static Fact progressed(int cut, UUID take, SceneEvent.TakePhase phase) {
        return new Fact.OfScene(new SceneEvent.TakeProgressed(JOB, cut, take, sceneOf(take), phase, null, null));
    }

    static Fact rendered(int cut, UUID take) {
        return new Fact.OfScene(new SceneEvent.TakeRendered(
                JOB,
                cut,
                take,
                sceneOf(take),
                kindOf(take),
                "p" + take.getLeastSignificantBits(),
                "google/veo-3.1-fast",
                URI.create("s3://b/takes/" + take),
                "video/mp4",
                1000,
                Duration.ofSeconds(6),
                Usd.of("0.60"),
                1));
    }

    static Fact lost(int cut, UUID take) {
        return new Fact.OfScene(new SceneEvent.TakeLost(
                JOB,
                cut,
                take,
                sceneOf(take),
                kindOf(take),
                SceneEvent.LossReason.MODERATED,
                "Flagged as sensitive",
                Usd.ZERO,
                1));
    }

    static Fact withdrawn(int cut, UUID take) {
        return new Fact.OfScene(new SceneEvent.TakeWithdrawn(JOB, cut, take, sceneOf(take), kindOf(take), Usd.ZERO, 0));
    }

    static Fact closed(int cut, String spent) {
        return new Fact.OfScene(new SceneEvent.CutClosed(JOB, cut, 0, 0, 0, Usd.of(spent), Usd.of(spent)));
    }

    static Fact cuttingStarted(int cut) {
        return new Fact.OfFilm(new VideoEvent.CuttingStarted(JOB, cut));
    }

    static Fact cuttingProgressed(int cut, int percent) {
        return new Fact.OfFilm(new VideoEvent.CuttingProgressed(JOB, cut, percent));
    }

    static Fact published(int cut, UUID... missing) {
        return new Fact.OfFilm(new VideoEvent.FilmPublished(
                JOB,
                cut,
                URI.create("s3://b/films/f" + cut + ".mp4"),
                null,
                "f" + cut,
                5000,
                1920,
                1080,
                240,
                Duration.ofSeconds(10),
                List.of(missing),
                "copy"));
    }

    static Fact cuttingFailed(int cut) {
        return new Fact.OfFilm(new VideoEvent.CuttingFailed(JOB, cut, "unreadable_clip", "A clip can't be read."));
    }

    private static @Nullable UUID sceneOf(UUID take) {
        return take.equals(MUSIC_TAKE) ? null : id((int) take.getLeastSignificantBits() % 100 + 100);
    }

    private static TakeKind kindOf(UUID take) {
        return take.equals(MUSIC_TAKE) ? TakeKind.MUSIC : TakeKind.CLIP;
    }

    static Job ready(Order order) {
        return fold(new Job.Unborn(), List.of(created(order), chosen(1)));
    }

    static Job rendering(Order order) {
        return fold(ready(order), List.of(approved()));
    }

    static Job fold(Job from, List<Fact> facts) {
        var state = from;
        for (var fact : facts) {
            state = Job.evolve(state, fact);
        }
        return state;
    }

    /** Folds and performs: everything that the job did on the way. */
    static List<Effect> effects(Job from, List<Fact> facts) {
        var state = from;
        var effects = new ArrayList<Effect>();
        for (var fact : facts) {
            var next = Job.evolve(state, fact);
            effects.addAll(Job.react(state, next));
            state = next;
        }
        return effects;
    }

    /** All ways to merge some topics' facts that keep each topic's own order. */
    static List<List<Fact>> interleavings(List<Fact> one, List<Fact> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return List.of(one.isEmpty() ? other : one);
        }
        var all = new ArrayList<List<Fact>>();
        for (var rest : interleavings(one.subList(1, one.size()), other)) {
            all.add(prepended(one.getFirst(), rest));
        }
        for (var rest : interleavings(one, other.subList(1, other.size()))) {
            all.add(prepended(other.getFirst(), rest));
        }
        return all;
    }

    static List<List<Fact>> permutations(List<Fact> facts) {
        if (facts.isEmpty()) {
            return List.of(List.of());
        }
        var all = new ArrayList<List<Fact>>();
        for (int i = 0; i < facts.size(); i++) {
            var rest = new ArrayList<>(facts);
            var head = rest.remove(i);
            for (var tail : permutations(rest)) {
                all.add(prepended(head, tail));
            }
        }
        return all;
    }

    private static List<Fact> prepended(Fact head, List<Fact> tail) {
        var all = new ArrayList<Fact>(tail.size() + 1);
        all.add(head);
        all.addAll(tail);
        return all;
    }
}
