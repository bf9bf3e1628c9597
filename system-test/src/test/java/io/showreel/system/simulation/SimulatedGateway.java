package io.showreel.system.simulation;

import io.showreel.contracts.Configuration;
import io.showreel.contracts.Topics;
import io.showreel.contracts.Usd;
import io.showreel.contracts.job.JobCommand;
import io.showreel.contracts.job.JobType;
import io.showreel.contracts.scene.SceneEvent;
import io.showreel.contracts.scene.SceneRequest;
import io.showreel.contracts.storyboard.StoryboardEvent;
import io.showreel.contracts.video.VideoEvent;
import io.showreel.gateway.job.ClipModel;
import io.showreel.gateway.job.Command;
import io.showreel.gateway.job.Cut;
import io.showreel.gateway.job.Decision;
import io.showreel.gateway.job.Effect;
import io.showreel.gateway.job.Fact;
import io.showreel.gateway.job.Job;
import io.showreel.gateway.job.Material;
import io.showreel.gateway.job.MusicModel;
import io.showreel.gateway.job.Order;
import io.showreel.gateway.job.Problem;
import io.showreel.gateway.job.Scene;
import io.showreel.gateway.job.SceneChange;
import io.showreel.gateway.job.Standing;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** The job rows in memory around the real decider, people who can't make up their minds, and the jobs' clocks. */
final class SimulatedGateway {

    private static final int MOST_RETRIES = 3;
    private static final int MOST_CHANGES = 6;
    private static final List<String> PROMPTS = List.of("a slow pan", "a dolly forward", "a lateral truck");

    private final Dice dice;
    private final Wire wire;
    private final Map<Long, Job> jobs = new LinkedHashMap<>();
    private final Map<Long, List<Cut>> kept = new HashMap<>();
    private final Map<Long, Integer> reached = new HashMap<>();
    private final Map<Long, Integer> retries = new HashMap<>();
    private final Map<Long, Integer> changes = new HashMap<>();
    private Instant now;

    SimulatedGateway(Dice dice, Wire wire, Instant now) {
        this.dice = dice;
        this.wire = wire;
        this.now = now;
        wire.subscribe("gateway", StoryboardEvent.TOPIC, message -> on((StoryboardEvent) message));
        wire.subscribe("gateway", SceneEvent.TOPIC, message -> on((SceneEvent) message));
        wire.subscribe("gateway", VideoEvent.TOPIC, message -> on((VideoEvent) message));
    }

    void create(long jobId) {
        int scenes = 1 + dice.upTo(3);
        var client = dice.id();
        var campaign = dice.id();
        var photos = IntStream.range(0, 2 * scenes)
                .mapToObj(n -> new JobCommand.Photo(
                        dice.id(), "Exterior " + n, List.of(), null, URI.create("s3://b/" + n), 1280, 720))
                .toList();
        var order = new Order(
                jobId,
                JobType.IMAGE_PAIRS,
                client,
                campaign,
                "Retreat " + jobId,
                photos.size(),
                new JobCommand.Wish(scenes, Duration.ofSeconds(4), "16:9", null, null, "cut", List.of()),
                new ClipModel("google/veo-3.1-fast", List.of(Duration.ofSeconds(4)), Usd.of("0.1")),
                dice.oneIn(2) ? new MusicModel("music", Duration.ofSeconds(180), Usd.of("0.2")) : null,
                dice.oneIn(2),
                dice.oneIn(3) ? SceneRequest.OnSceneFailure.FAIL : SceneRequest.OnSceneFailure.PARTIAL,
                dice.oneIn(3) ? SceneRequest.ErrorStrategy.HALT : SceneRequest.ErrorStrategy.CONTINUE_WITH_SILENCE,
                null,
                "default",
                Configuration.BUILT_IN,
                Map.of(),
                null,
                null);
        jobs.put(jobId, new Job.Unborn());
        var material = new Material(new JobCommand.Campaign(campaign, client, "Retreat", null, null, null), photos);
        record(jobId, new Fact.Created(order, material, soon()));
    }

    private void on(StoryboardEvent event) {
        switch (event) {
            case StoryboardEvent.StoryboardSelected e ->
                record(
                        e.jobId(),
                        new Fact.StoryboardChosen(
                                e.selection(),
                                e.scenes(),
                                e.origin(),
                                e.music(),
                                e.scenes().stream()
                                        .map(scene -> new Fact.SceneIds(dice.id(), dice.id()))
                                        .toList(),
                                dice.id(),
                                soon()));
            case StoryboardEvent.SelectionFailed e ->
                record(e.jobId(), new Fact.SelectionRefused(e.selection(), Problem.of(e.code(), e.message())));
            case StoryboardEvent.Unrecognised e -> throw new AssertionError("Everything is known here");
        }
    }

    private void on(SceneEvent event) {
        switch (event) {
            case SceneEvent.TakeStarted e -> record(e.jobId(), new Fact.OfScene(e));
            case SceneEvent.TakeProgressed e -> record(e.jobId(), new Fact.OfScene(e));
            case SceneEvent.TakeRendered e -> record(e.jobId(), new Fact.OfScene(e));
            case SceneEvent.TakeLost e -> record(e.jobId(), new Fact.OfScene(e));
            case SceneEvent.TakeWithdrawn e -> record(e.jobId(), new Fact.OfScene(e));
            case SceneEvent.TakeUnverifiable e -> record(e.jobId(), new Fact.OfScene(e));
            case SceneEvent.CutClosed e -> record(e.jobId(), new Fact.OfScene(e));
            case SceneEvent.Unrecognised e -> throw new AssertionError("Everything is known here");
        }
    }

    private void on(VideoEvent event) {
        switch (event) {
            case VideoEvent.CuttingStarted e -> record(e.jobId(), new Fact.OfFilm(e));
            case VideoEvent.CuttingProgressed e -> record(e.jobId(), new Fact.OfFilm(e));
            case VideoEvent.FilmPublished e -> record(e.jobId(), new Fact.OfFilm(e));
            case VideoEvent.CuttingFailed e -> record(e.jobId(), new Fact.OfFilm(e));
            case VideoEvent.ClipShown e -> record(e.jobId(), new Fact.OfFilm(e));
            case VideoEvent.FilmShown e -> record(e.jobId(), new Fact.OfFilm(e));
            case VideoEvent.CuttingHeld e -> record(e.jobId(), new Fact.OfFilm(e));
            case VideoEvent.RenditionPublished e -> record(e.jobId(), new Fact.OfFilm(e));
            case VideoEvent.RenditionFailed e -> record(e.jobId(), new Fact.OfFilm(e));
            case VideoEvent.Unrecognised e -> throw new AssertionError("Everything is known here");
        }
    }

    private void record(long jobId, Fact fact) {
        var before = jobs.get(jobId);
        var after = Job.evolve(before, fact);
        jobs.put(jobId, after);
        for (var effect : Job.react(before, after)) {
            switch (effect) {
                case Effect.AskSelection ask -> wire.publish(JobCommand.TOPIC, jobId, ask.command());
                case Effect.AskScenes ask -> wire.publish(SceneRequest.TOPIC, jobId, ask.request());
                case Effect.Announce announce -> wire.publish(Topics.JOB_EVENTS, jobId, announce.event());
                case Effect.Keep keep ->
                    kept.computeIfAbsent(jobId, id -> new ArrayList<>()).add(keep.cut());
            }
        }
        progressNeverFalls(jobId, after);
    }

    private void progressNeverFalls(long jobId, Job job) {
        int progress = Standing.of(job).progress();
        int before = reached.getOrDefault(jobId, 0);
        if (progress < before) {
            throw new AssertionError("progressNeverFalls: job " + jobId + " from " + before + " to " + progress + " as "
                    + Standing.of(job));
        }
        reached.put(jobId, progress);
    }

    /** Somebody clicks something. @return whether somebody still waits for a click */
    boolean person() {
        long jobId = dice.pick(List.copyOf(jobs.keySet()));
        var job = jobs.get(jobId);
        if (dice.oneIn(60)) {
            decide(jobId, new Command.Cancel());
        } else if (changes.getOrDefault(jobId, 0) < MOST_CHANGES && dice.oneIn(3)) {
            if (change(jobId, job)) {
                changes.merge(jobId, 1, Integer::sum);
            }
        } else if (dice.oneIn(2)) {
            decide(jobId, new Command.Approve(null, null, soon()));
        } else if (retries.getOrDefault(jobId, 0) < MOST_RETRIES
                && decide(jobId, new Command.Retry(null, freshTakes(job), soon()))) {
            retries.merge(jobId, 1, Integer::sum);
        }
        return jobs.values().stream().anyMatch(Job.Ready.class::isInstance);
    }

    /** Somebody changes his mind about the film. */
    private boolean change(long jobId, Job job) {
        var storyboard =
                switch (job) {
                    case Job.Ready ready -> ready.storyboard();
                    case Job.Rendering rendering -> rendering.storyboard();
                    case Job.Completed completed -> completed.storyboard();
                    case Job.Failed failed -> failed.storyboard();
                    default -> null;
                };
        if (storyboard == null) {
            return false;
        }
        var scene = dice.pick(storyboard.scenes());
        var earlier = kept.getOrDefault(jobId, List.of());
        return decide(
                jobId,
                switch (dice.upTo(5)) {
                    case 0 ->
                        new Command.Edit(
                                null,
                                new SceneChange.Alter(
                                        scene.id(),
                                        new SceneChange.Wishes(
                                                null,
                                                null,
                                                dice.pick(PROMPTS),
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null),
                                        dice.id(),
                                        earlier),
                                dice.id());
                    case 1 ->
                        new Command.Edit(
                                null,
                                new SceneChange.Arrange(storyboard.scenes().reversed().stream()
                                        .map(Scene::id)
                                        .toList()),
                                dice.id());
                    case 2 -> new Command.Recut(null, freshTakes(job), soon());
                    case 3 ->
                        new Command.Regenerate(
                                scene.id(), dice.id(), dice.id(), null, freshTakes(job), earlier, soon());
                    default -> new Command.Restore(1 + dice.upTo(earlier.size() + 1), earlier);
                });
    }

    private boolean decide(long jobId, Command command) {
        return switch (Job.decide(jobs.get(jobId), command)) {
            case Decision.Accepted accepted -> {
                accepted.facts().forEach(fact -> record(jobId, fact));
                yield !accepted.facts().isEmpty();
            }
            case Decision.Rejected rejected -> false;
        };
    }

    private Map<UUID, UUID> freshTakes(Job job) {
        var fresh = new HashMap<UUID, UUID>();
        var storyboard =
                switch (job) {
                    case Job.Failed failed -> failed.storyboard();
                    case Job.Completed completed -> completed.storyboard();
                    default -> null;
                };
        if (storyboard != null) {
            storyboard.scenes().stream().map(Scene::takeId).forEach(take -> fresh.put(take, dice.id()));
            fresh.put(storyboard.musicTakeId(), dice.id());
        }
        return fresh;
    }

    /** The deadline of one job comes, if it has one. */
    void timePasses(boolean untilDue) {
        now = untilDue ? now.plus(Duration.ofDays(2)) : now.plusSeconds(1);
        jobs.keySet().forEach(jobId -> record(jobId, new Fact.TimeIsUp(now)));
    }

    private Instant soon() {
        return now.plus(Duration.ofHours(24));
    }

    Map<Long, Job> jobs() {
        return jobs;
    }
}
