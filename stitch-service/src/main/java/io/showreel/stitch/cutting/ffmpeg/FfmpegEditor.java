package io.showreel.stitch.cutting.ffmpeg;

import io.showreel.contracts.video.VideoEvent;
import io.showreel.observability.tracing.Spans;
import io.showreel.stitch.cutting.CuttingSettings;
import io.showreel.stitch.cutting.Editor;
import io.showreel.stitch.cutting.Reel;
import io.showreel.stitch.cutting.Shelf;
import io.showreel.stitch.cutting.ffmpeg.Montage.Pictures;
import io.showreel.stitch.cutting.ffmpeg.Reels.Settled;
import io.showreel.stitch.cutting.ffmpeg.Soundtrack.Spoken;
import io.showreel.stitch.editing.CannotCutException;
import io.showreel.stitch.editing.EditList;
import io.showreel.stitch.editing.EditList.Track;
import io.showreel.stitch.editing.HouseFormat;
import io.showreel.stitch.editing.Planner;
import io.showreel.stitch.editing.Planner.Choice;
import io.showreel.stitch.editing.Planner.Way;
import io.showreel.stitch.editing.Segment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Does what the {@link Planner} says: copies clips, encodes them anew, encodes what lies around transitions, joins. A
 * film that fails its check although its clips were copied is made again the longer way.
 */
@Component
@ConditionalOnProperty(name = "stitch.enabled", matchIfMissing = true)
class FfmpegEditor implements Editor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FfmpegEditor.class);

    // What is reached at the end of each part, in percent; nearly all the time goes into encoding.
    private static final int REELS_DONE = 75;
    private static final int PICTURES_DONE = 88;
    private static final int CHECK_DONE = 97;

    private final CuttingSettings settings;
    private final Ffmpeg ffmpeg;
    private final Map<HouseFormat, String> lines = new ConcurrentHashMap<>();
    private final Turns turns = new Turns();
    private final KnownClips known = new KnownClips();

    /** @throws IllegalStateException if there is no FFmpeg to work with */
    FfmpegEditor(CuttingSettings settings, Spans spans) {
        this.settings = settings;
        this.ffmpeg = new Ffmpeg(settings.ffmpeg(), settings.timeout(), settings.processes(), settings.memory(), spans);
        LOG.info("Cutting with {}", ffmpeg.version());
    }

    @Override
    public CutFilm cut(EditList edits, Shelf shelf, Room room) throws IOException, InterruptedException {
        var house = HouseFormat.of(edits.aspectRatio(), settings.shortSide());
        var bench = new Bench(ffmpeg, room);
        var probe = new Probe(bench);
        var reels = reels(edits, house, shelf, bench, probe);
        var sound = soundtrack(edits, shelf, probe);

        var settled = reels.settle(edits.shots(), edits.hasTransitions());
        var made = reels.make(settled, done -> done * REELS_DONE / 100);
        var attempt = attempt(edits, house, made, sound, bench, probe);
        if (attempt.flaw().isPresent() && settled.choices().stream().anyMatch(choice -> choice.way() == Way.COPY)) {
            LOG.warn("Copying gave a flawed film: {}", attempt.flaw().get());
            settled = anew(settled);
            made = reels.make(settled, done -> done * REELS_DONE / 100);
            attempt = attempt(edits, house, made, sound, bench, probe);
        }
        if (attempt.flaw().isPresent()) {
            throw new CannotCutException(
                    "flawed_film",
                    "The finished film did not pass its check: "
                            + attempt.flaw().get());
        }
        bench.reached(CHECK_DONE);
        var plan = plan(edits, settled.choices(), attempt.segments());
        return new CutFilm(
                attempt.film(),
                Display.poster(made).orElse(null),
                house.width(),
                house.height(),
                edits.frames(),
                describe(plan, edits, sound),
                plan);
    }

    @Override
    public Shown show(EditList edits, @Nullable Path poster, Shelf shelf, Room room)
            throws IOException, InterruptedException {
        var house = HouseFormat.of(edits.aspectRatio(), settings.shortSide());
        var bench = new Bench(ffmpeg, room);
        var reels = reels(edits, house, shelf, bench, new Probe(bench));
        var settled = reels.settle(edits.unexamined().shots(), edits.hasTransitions());
        var made = reels.make(settled, done -> done);
        var shown = poster == null ? Display.poster(made).orElseThrow() : poster;
        return new Display(bench, house).of(edits, made, shown);
    }

    @Override
    public Optional<Reel> prepare(EditList edits, UUID takeId, Effort effort, Shelf shelf, Room room)
            throws IOException, InterruptedException {
        var house = HouseFormat.of(edits.aspectRatio(), settings.shortSide());
        var bench = new Bench(ffmpeg, room);
        var reels = reels(edits, house, shelf, bench, new Probe(bench));
        try {
            return Optional.of(reels.prepare(edits, takeId, effort));
        } catch (CannotCutException e) {
            LOG.info("Nothing to prepare of take {}: {}", takeId, e.reason());
            return Optional.empty();
        }
    }

    private Reels reels(EditList edits, HouseFormat house, Shelf shelf, Bench bench, Probe probe)
            throws IOException, InterruptedException {
        var darkroom = new Darkroom(bench, probe, settings, house);
        var line = lines.get(house);
        if (line == null) {
            line = darkroom.line();
            lines.put(house, line);
        }
        var spec = new Reels.Spec(house, edits.fit(), settings.quality(), line);
        return new Reels(shelf, probe, darkroom, spec, turns, known);
    }

    /** A film, unless it has a flaw. */
    private record Attempt(Path film, List<Segment> segments, Optional<String> flaw) {}

    private Attempt attempt(
            EditList edits, HouseFormat house, List<Reel> reels, Soundtrack sound, Bench bench, Probe probe)
            throws IOException, InterruptedException {
        bench.reached(REELS_DONE);
        var segments = Planner.sequence(
                edits.shots(), reels.stream().map(Reel::footage).toList());
        // Two kinds of work that need nothing of each other.
        var pictures = new CompletableFuture<Pictures>();
        var mixed = new CompletableFuture<Optional<Path>>();
        Parallel.all(List.of(
                () -> pictures.complete(new Montage(bench, settings, house).pictures(segments, reels)),
                () -> mixed.complete(sound.isSilent() ? Optional.empty() : Optional.of(mix(sound, bench)))));
        var joined = pictures.join();
        bench.reached(PICTURES_DONE);
        var film = mixed.join().isEmpty()
                ? joined.file()
                : withSound(joined.file(), mixed.join().get(), bench);
        var flaw = joined.flaw();
        if (flaw.isEmpty()) {
            var parameters = reels.getFirst().footage().parameters();
            flaw = new FilmCheck(bench, probe, house).flaw(film, parameters, joined.contents(), !sound.isSilent());
        }
        return new Attempt(film, segments, flaw);
    }

    private static Settled anew(Settled settled) {
        return new Settled(
                settled.clips(),
                settled.clips().stream()
                        .map(clip -> new Choice(Way.NORMALISE, "the film made of copies did not pass its check"))
                        .toList());
    }

    private static Soundtrack soundtrack(EditList edits, Shelf shelf, Probe probe)
            throws IOException, InterruptedException {
        var music = edits.music() == null ? null : audible(edits.music(), shelf, probe);
        var voices = new ArrayList<Spoken>();
        for (var voice : edits.voices()) {
            var file = audible(voice.track(), shelf, probe);
            if (file != null) {
                voices.add(new Spoken(file, voice.start()));
            }
        }
        return new Soundtrack(music, voices, edits.fade(), edits.frames());
    }

    private static @Nullable Path audible(Track track, Shelf shelf, Probe probe)
            throws IOException, InterruptedException {
        var file = shelf.material(track.object());
        if (file.isPresent() && probe.canBeHeard(file.get())) {
            return file.get();
        }
        if (track.required()) {
            throw new CannotCutException("unreadable_sound", "The film's music or speech cannot be read.");
        }
        LOG.warn("The film goes without the unreadable sound {}", track.object());
        return null;
    }

    private static Path mix(Soundtrack sound, Bench bench) throws IOException, InterruptedException {
        var mixed = bench.file("sound.m4a");
        bench.succeed(sound.command(mixed));
        return mixed;
    }

    private static Path withSound(Path pictures, Path sound, Bench bench) throws IOException, InterruptedException {
        var film = bench.file("film.mp4");
        bench.succeed(Arguments.saying("warning")
                .input(pictures)
                .input(sound)
                .with("-map", "0:v:0", "-map", "1:a:0", "-c", "copy", "-movflags", "+faststart")
                .with(Encoding.CONTAINER)
                .to(film));
        return film;
    }

    private static List<VideoEvent.Choice> plan(EditList edits, List<Choice> choices, List<Segment> segments) {
        var plan = new ArrayList<VideoEvent.Choice>();
        for (int i = 0; i < choices.size(); i++) {
            var shot = edits.shots().get(i);
            if (i > 0) {
                plan.add(said(shot.sceneId(), "transition", Planner.joint(shot.into())));
            }
            plan.add(said(shot.sceneId(), "clip", Planner.treated(choices.get(i), i, segments)));
        }
        return plan;
    }

    private static VideoEvent.Choice said(UUID sceneId, String subject, Choice choice) {
        return new VideoEvent.Choice(sceneId, subject, choice.way().name().toLowerCase(Locale.ROOT), choice.reason());
    }

    /** By the longest way that any part of it took. */
    private static String describe(List<VideoEvent.Choice> plan, EditList edits, Soundtrack sound) {
        var ways = plan.stream().map(VideoEvent.Choice::way).collect(Collectors.toSet());
        var description = new StringBuilder(Stream.of("normalise", "window", "copy")
                .filter(ways::contains)
                .findFirst()
                .orElseThrow());
        if (sound.music() != null) {
            description.append("+music");
        }
        if (!sound.voices().isEmpty()) {
            description.append("+speech");
        }
        edits.wishes().forEach(wish -> description.append("-").append(wish));
        return description.toString();
    }

    @Override
    public void close() {
        ffmpeg.close();
    }
}
