package io.showreel.local.sample;

import io.showreel.local.terminal.ProgressBar;
import io.showreel.local.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Films the sample campaign: client, campaign, photos, storyboard, approval, film; then checks what came out. */
public final class SampleJob {

    private static final int SCENES = 4;
    private static final int SECONDS_PER_SCENE = 4;
    private static final int FRAMES_PER_SECOND = 24;
    private static final int UPLOADS_AT_ONCE = 4;
    private static final int UPLOAD_ROUNDS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_POLLS = Duration.ofMillis(250);
    private static final Duration FOR_THE_FILM = Duration.ofMinutes(20);
    private static final Set<String> ENDS = Set.of("completed", "failed", "canceled");

    private final ShowreelApi api;
    private final FilmInspection inspection;
    private final Path film;
    private final Terminal terminal;

    /**
     * @param gateway as in {@code http://localhost:8080}
     * @param ffmpeg to look at the film
     * @param film where it is kept
     */
    public SampleJob(URI gateway, Path ffmpeg, Path film, Terminal terminal) {
        this.api = new ShowreelApi(URI.create(gateway + "/api/v3"), PATIENCE);
        this.inspection = new FilmInspection(ffmpeg);
        this.film = film;
        this.terminal = terminal;
    }

    /**
     * What was made.
     *
     * @param beyond the time from the approval to the film, less what the provider's pace, its cap and its predictions took
     *     at least, and less the stitching after the last clip; null if the job doesn't tell
     */
    public record Outcome(
            String campaignId, long jobId, @Nullable Duration beyond) {}

    /** Fails with a {@link SampleFailure} unless the film is as it should be. */
    public Outcome run() {
        var campaign = campaign();
        var photos = upload(campaign);
        var timeline = new Timeline();
        var job = api.post(
                        "/campaigns/" + campaign + "/create-job",
                        Map.of("num_scenes", SCENES, "clip_duration", SECONDS_PER_SCENE),
                        "Prefer",
                        "wait=30")
                .path("data")
                .path("job_id")
                .asLong();
        timeline.reached("job created");
        var bar = new ProgressBar(terminal, "job " + job);
        awaitStoryboard(job, timeline, bar);
        api.post("/jobs/%d/approve".formatted(job), Map.of());
        timeline.reached("approved");
        var approved = timeline.elapsed();
        var end = awaitFilm(job, timeline, bar);
        var took = timeline.elapsed().minus(approved);
        requireOwnPhotos(job, photos);
        check(job);
        timeline.reached("downloaded, checked");
        terminal.say("  Timeline of job %d:", job);
        terminal.say("%s", timeline);
        return new Outcome(campaign, job, beyond(end, took));
    }

    private @Nullable Duration beyond(JsonNode job, Duration took) {
        var bound = seconds(job.at("/cut/bound_seconds"));
        var actual = seconds(job.at("/cut/actual_seconds"));
        var stitching = seconds(job.at("/film/stitching_seconds"));
        if (bound == null || actual == null || stitching == null) {
            return null;
        }
        var beyond = took.minus(bound).minus(stitching);
        terminal.say(
                "  From the approval to the film: %.1f s, of which the provider needed %.1f s, stitching %.1f s, all else"
                        + " %.1f s",
                took.toMillis() / 1e3, bound.toMillis() / 1e3, stitching.toMillis() / 1e3, beyond.toMillis() / 1e3);
        terminal.say(
                "  By the job's own record its clips were there after %.1f s, %.1f s over the provider's bound",
                actual.toMillis() / 1e3, actual.minus(bound).toMillis() / 1e3);
        return beyond;
    }

    private static @Nullable Duration seconds(JsonNode number) {
        return number.isNumber() ? Duration.ofMillis((long) (number.asDouble() * 1e3)) : null;
    }

    private String campaign() {
        var client = find("/clients", SampleCampaign.NAME).orElseGet(() -> api.post(
                        "/clients",
                        Map.of(
                                "name", SampleCampaign.NAME,
                                "description", "A house in the mountains, made up for this sample",
                                "brand_guidelines", "Calm, warm, unhurried. No people, no text in the picture."))
                .path("data"));
        var clientId = client.path("id").asString();
        return find("/campaigns?client_id=" + clientId, SampleCampaign.NAME)
                .orElseGet(() -> api.post(
                                "/campaigns",
                                Map.of(
                                        "client_id", clientId,
                                        "name", SampleCampaign.NAME,
                                        "brief", SampleCampaign.BRIEF,
                                        "goal", SampleCampaign.GOAL))
                        .path("data"))
                .path("id")
                .asString();
    }

    private Optional<JsonNode> find(String list, String name) {
        return api.list(list).stream()
                .filter(one -> one.path("name").asString().equals(name))
                .findFirst();
    }

    /**
     * Uploads the photos that the campaign doesn't have yet, and answers the ids of all. An upload whose answer was
     * lost may have arrived: so what is missing is asked anew in each round, and none arrives twice.
     */
    private Set<String> upload(String campaign) {
        var bar = new ProgressBar(terminal, "photos");
        var photos = SampleCampaign.photos();
        for (var round = 1; ; round++) {
            var there = api.list("/campaigns/" + campaign + "/assets");
            var names =
                    there.stream().map(asset -> asset.path("name").asString()).collect(Collectors.toSet());
            var missing = photos.stream()
                    .filter(photo -> !names.contains(photo.name()))
                    .toList();
            if (missing.isEmpty()) {
                bar.end(100, "uploaded", "(%d of %d)".formatted(photos.size(), photos.size()));
                return there.stream().map(asset -> asset.path("id").asString()).collect(Collectors.toSet());
            }
            var refusals = upload(campaign, missing, photos.size(), bar);
            if (round == UPLOAD_ROUNDS) {
                throw new SampleFailure("The photos can't be uploaded: " + refusals.getLast());
            }
        }
    }

    private List<String> upload(String campaign, List<Photo> missing, int total, ProgressBar bar) {
        var done = new AtomicInteger(total - missing.size());
        var refusals = Collections.synchronizedList(new ArrayList<String>());
        try (var uploads =
                Executors.newFixedThreadPool(UPLOADS_AT_ONCE, Thread.ofVirtual().factory())) {
            for (var photo : missing) {
                uploads.submit(() -> {
                    try {
                        api.upload(
                                "/assets",
                                Map.of(
                                        "campaign_id",
                                        campaign,
                                        "name",
                                        photo.name(),
                                        "tags",
                                        "[\"" + photo.tag() + "\"]"),
                                photo.file(),
                                SampleCampaign.bytes(photo));
                        var count = done.incrementAndGet();
                        bar.show(99 * count / total, "uploading", "(%d of %d)".formatted(count, total));
                    } catch (IOException | RuntimeException e) {
                        refusals.add(String.valueOf(e.getMessage()));
                        pause(BETWEEN_POLLS);
                    }
                });
            }
        }
        return refusals;
    }

    private void awaitStoryboard(long job, Timeline timeline, ProgressBar bar) {
        watch(job, state -> {
            var stage = state.path("current_stage").asString();
            bar.show(state.path("progress_percentage").asInt(), readable(stage), "");
            if (stage.equals("selection_failed")) {
                throw new SampleFailure("The scenes could not be selected: " + state.path("error"));
            }
            return state.path("storyboard").path("scenes").size() > 0 && stage.equals("storyboard_ready");
        });
        timeline.reached("storyboard ready");
    }

    /** The job as it ended. */
    private JsonNode awaitFilm(long job, Timeline timeline, ProgressBar bar) {
        return watch(job, state -> {
            var status = state.path("status").asString();
            var clips = clips(job);
            if (clips > 0) {
                timeline.reached("first clip");
            }
            if (clips == SCENES) {
                timeline.reached("last clip");
            }
            var stage = state.path("current_stage").asString();
            var percent = state.path("progress_percentage").asInt();
            if (!ENDS.contains(status)) {
                bar.show(percent, readable(stage), "(%d of %d clips)".formatted(clips, SCENES));
                return false;
            }
            var cost = state.path("costs").path("actual").asString("?");
            bar.end(percent, readable(stage), "(%d of %d clips, %s USD)".formatted(clips, SCENES, cost));
            if (!stage.equals("completed")) {
                throw new SampleFailure("Job %d ended as %s: %s".formatted(job, stage, state.path("error")));
            }
            timeline.reached("film");
            return true;
        });
    }

    private int clips(long job) {
        var clips = 0;
        for (var scene : api.get("/jobs/%d/scenes".formatted(job)).path("scenes")) {
            clips += scene.path("has_video").asBoolean(false) ? 1 : 0;
        }
        return clips;
    }

    /** Looks at the job whenever it changed, until the look is the last, and gives what it saw then. */
    private JsonNode watch(long job, Predicate<JsonNode> isLast) {
        var end = System.nanoTime() + FOR_THE_FILM.toNanos();
        @Nullable String etag = null;
        while (System.nanoTime() < end) {
            var polled = api.poll("/jobs/" + job, etag);
            if (polled.isPresent()) {
                etag = polled.get().etag();
                var state = polled.get().body();
                if (isLast.test(state)) {
                    return state;
                }
            }
            pause(BETWEEN_POLLS);
        }
        throw new SampleFailure("Job %d did not end within %d minutes".formatted(job, FOR_THE_FILM.toMinutes()));
    }

    /** The film is made of the campaign's photos and of none other. */
    private void requireOwnPhotos(long job, Set<String> photos) {
        var used = new HashSet<String>();
        for (var scene : api.get("/jobs/%d/scenes".formatted(job)).path("scenes")) {
            scene.path("asset_ids").forEach(id -> used.add(id.asString()));
        }
        if (used.isEmpty() || !photos.containsAll(used)) {
            throw new SampleFailure("The film shows photos that are not the campaign's: " + used);
        }
    }

    private void check(long job) {
        try {
            api.download("/videos/%d/combined".formatted(job), film);
            var made = inspection.inspect(film);
            terminal.say("  Film: %s", made.facts());
            terminal.say("        %s", film);
            var faults = inspection.faults(
                    made, 1920, 1080, FRAMES_PER_SECOND, SCENES * SECONDS_PER_SCENE * FRAMES_PER_SECOND);
            if (!faults.isEmpty()) {
                throw new SampleFailure("The film is not as it should be: " + String.join("; ", faults));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String readable(String stage) {
        return stage.replace('_', ' ');
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SampleFailure("Interrupted");
        }
    }
}
