package io.showreel.stitch.cutting.ffmpeg;

import io.showreel.stitch.cutting.CannotCutException;
import io.showreel.stitch.cutting.CuttingSettings;
import io.showreel.stitch.cutting.EditList;
import io.showreel.stitch.cutting.EditList.Track;
import io.showreel.stitch.cutting.Editor;
import io.showreel.stitch.cutting.ffmpeg.Montage.Clip;
import io.showreel.stitch.cutting.ffmpeg.Soundtrack.Spoken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Joins clips by copying them when they are alike and of the house format, else encodes each anew. A copy that fails its
 * check is made again the longer way.
 */
@Component
@ConditionalOnProperty(name = "stitch.enabled", matchIfMissing = true)
class FfmpegEditor implements Editor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FfmpegEditor.class);

    // What is reached at the end of each part, in percent; nearly all the time goes into encoding and decoding.
    private static final int PICTURES_DONE = 75;
    private static final int SOUND_DONE = 80;
    private static final int CHECK_DONE = 97;

    private final CuttingSettings settings;
    private final Ffmpeg ffmpeg;

    /** @throws IllegalStateException if there is no FFmpeg to work with */
    FfmpegEditor(CuttingSettings settings) {
        this.settings = settings;
        this.ffmpeg = new Ffmpeg(settings.ffmpeg(), settings.timeout());
        LOG.info("Cutting with {}", ffmpeg.version());
    }

    private enum Way {
        COPY,
        NORMALISE
    }

    @Override
    public CutFilm cut(EditList edits, Map<URI, Path> material, Path folder, Watch watch)
            throws IOException, InterruptedException {
        var house = HouseFormat.of(edits.aspectRatio());
        var bench = new Bench(ffmpeg, folder, watch);
        var probe = new Probe(bench);
        var check = new FilmCheck(bench, probe, house);
        var montage = new Montage(bench, settings, house);
        var clips = clips(edits, material, probe);
        var sound = soundtrack(edits, material, probe);
        int all = edits.frames();

        Optional<String> flaw = Optional.empty();
        for (var way : montage.canCopy(clips) ? List.of(Way.COPY, Way.NORMALISE) : List.of(Way.NORMALISE)) {
            var pictures =
                    switch (way) {
                        case COPY -> montage.copy(clips);
                        case NORMALISE -> montage.normalise(clips, done -> between(0, PICTURES_DONE, done, all));
                    };
            flaw = pictures.flaw();
            if (flaw.isEmpty()) {
                bench.reached(PICTURES_DONE);
                var film = sound.isSilent() ? pictures.file() : addSound(pictures.file(), sound, bench);
                bench.reached(SOUND_DONE);
                flaw = check.flaw(film, all, !sound.isSilent(), done -> between(SOUND_DONE, CHECK_DONE, done, all));
                if (flaw.isEmpty()) {
                    bench.reached(CHECK_DONE);
                    var poster = poster(film, all, bench);
                    return new CutFilm(film, poster, house.width(), house.height(), all, describe(way, edits, sound));
                }
            }
            LOG.warn("Cutting by {} gave a flawed film: {}", way, flaw.get());
        }
        throw new CannotCutException(
                "flawed_film", "The finished film did not pass its check: " + flaw.orElse("it is missing"));
    }

    private static List<Clip> clips(EditList edits, Map<URI, Path> material, Probe probe)
            throws IOException, InterruptedException {
        var clips = new ArrayList<Clip>();
        for (var shot : edits.shots()) {
            var file = material.get(shot.clip());
            if (file == null) {
                throw new CannotCutException(
                        "missing_clip", "The clip of the scene \"%s\" is no longer there.".formatted(shot.title()));
            }
            var footage = probe.footage(file).orElseThrow(() -> Montage.unreadable(shot));
            clips.add(new Clip(shot, file, footage));
        }
        return clips;
    }

    private static Soundtrack soundtrack(EditList edits, Map<URI, Path> material, Probe probe)
            throws IOException, InterruptedException {
        var music = edits.music() == null ? null : audible(edits.music(), material, probe);
        var voices = new ArrayList<Spoken>();
        for (var voice : edits.voices()) {
            var file = audible(voice.track(), material, probe);
            if (file != null) {
                voices.add(new Spoken(file, voice.start()));
            }
        }
        return new Soundtrack(music, voices, edits.fade(), edits.frames());
    }

    private static @Nullable Path audible(Track track, Map<URI, Path> material, Probe probe)
            throws IOException, InterruptedException {
        var file = material.get(track.object());
        if (file != null && probe.canBeHeard(file)) {
            return file;
        }
        if (track.required()) {
            throw new CannotCutException("unreadable_sound", "The film's music or speech cannot be read.");
        }
        LOG.warn("The film goes without the unreadable sound {}", track.object());
        return null;
    }

    private static Path addSound(Path pictures, Soundtrack sound, Bench bench)
            throws IOException, InterruptedException {
        var mixed = bench.file("sound.m4a");
        if (!Files.exists(mixed)) {
            bench.succeed(sound.command(mixed));
        }
        var film = bench.file("film.mp4");
        bench.succeed(Arguments.saying("warning")
                .input(pictures)
                .input(mixed)
                .with("-map", "0:v:0", "-map", "1:a:0", "-c", "copy", "-movflags", "+faststart")
                .with(HouseFormat.CONTAINER)
                .to(film));
        return film;
    }

    /** A typical picture, none of the first, two thirds of the film's size. */
    private static Path poster(Path film, int frames, Bench bench) throws IOException, InterruptedException {
        var poster = bench.file("poster.jpg");
        int first = Math.min(frames / 2, EditList.FRAMES_PER_SECOND / 2);
        bench.succeed(Arguments.saying("warning")
                .input(film)
                .with("-vf", "trim=start_frame=" + first + ",fps=2,scale=trunc(iw/3)*2:trunc(ih/3)*2,thumbnail=12")
                .with("-frames:v", "1", "-q:v", "3", "-map_metadata", "-1", "-flags:v", "+bitexact")
                .to(poster));
        return poster;
    }

    private static String describe(Way way, EditList edits, Soundtrack sound) {
        var description = new StringBuilder(
                switch (way) {
                    case COPY -> "copy";
                    case NORMALISE -> "normalise";
                });
        if (sound.music() != null) {
            description.append("+music");
        }
        if (!sound.voices().isEmpty()) {
            description.append("+speech");
        }
        edits.wishes().forEach(wish -> description.append("-").append(wish));
        return description.toString();
    }

    private static int between(int from, int to, int done, int all) {
        return from + (to - from) * Math.min(done, all) / all;
    }

    @Override
    public void close() {
        ffmpeg.close();
    }
}
