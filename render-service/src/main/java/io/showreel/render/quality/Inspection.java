package io.showreel.render.quality;

import io.showreel.contracts.scene.SceneEvent.Quality;
import io.showreel.contracts.scene.SceneRequest.TakeInput;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.render.frame.PhotoFrames;
import io.showreel.render.frame.UnreadablePhotoException;
import io.showreel.render.model.Model;
import io.showreel.render.model.Models;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks at a clip beside whoever stores it: one decoding by FFmpeg, on two threads, one clip at a time. Whatever goes
 * wrong, or takes too long, leaves the clip without a report, and never without its place in the film.
 */
@Component
public class Inspection {

    private static final Logger log = LoggerFactory.getLogger(Inspection.class);

    /** Small enough to be quick, large enough to tell a photo from another. */
    private static final String SMALL = "scale=320:180,format=yuv420p";

    private final QualitySettings settings;
    private final PhotoFrames frames;
    private final Models models;
    private final Semaphore turn = new Semaphore(1, true);

    Inspection(QualitySettings settings, PhotoFrames frames, Models models) {
        this.settings = settings;
        this.frames = frames;
        this.models = models;
    }

    /** Begins to look at a clip, with room for photos beside it; at sound nobody looks. */
    public Look begin(Path file, TakeInput input) {
        var began = System.nanoTime();
        var task = new FutureTask<>(
                () -> input.kind() == TakeKind.CLIP ? inspect(file, input) : Optional.<Quality>empty());
        return new Look(
                task,
                Thread.ofVirtual().name("look").start(task),
                began + settings.patience().toNanos());
    }

    /** A look that has begun; closed, it is over, whether there is a report or not. */
    public static final class Look implements AutoCloseable {

        private final FutureTask<Optional<Quality>> task;
        private final Thread thread;
        private final long until;

        private Look(FutureTask<Optional<Quality>> task, Thread thread, long until) {
            this.task = task;
            this.thread = thread;
            this.until = until;
        }

        /** What was seen; null if that is not known in time. */
        public @Nullable Quality report() throws InterruptedException {
            try {
                return task.get(until - System.nanoTime(), TimeUnit.NANOSECONDS).orElse(null);
            } catch (TimeoutException e) {
                log.info("A clip goes on without a report, which would take too long");
            } catch (ExecutionException e) {
                log.warn("A clip could not be looked at", e.getCause());
            }
            return null;
        }

        @Override
        public void close() throws InterruptedException {
            task.cancel(true);
            thread.join();
        }
    }

    private Optional<Quality> inspect(Path clip, TakeInput input) throws IOException, InterruptedException {
        turn.acquire();
        try {
            var first = frame(input.firstFrame(), input, clip.resolveSibling("first"));
            var last = frame(sentLast(input), input, clip.resolveSibling("last"));
            var pictures = clip.resolveSibling("pictures");
            var said = run(clip.resolveSibling("findings"), arguments(clip, first, last, pictures));
            return new Findings(said, Files.readAllLines(pictures)).quality();
        } finally {
            turn.release();
        }
    }

    /** A model without an input for it is sent none, and ends its clip where it likes. */
    private @Nullable URI sentLast(TakeInput input) {
        return models.named(input.model()).filter(Model::takesLastFrame).isPresent() ? input.lastFrame() : null;
    }

    /** The frame as it was sent. */
    private @Nullable Path frame(@Nullable URI photo, TakeInput input, Path folder)
            throws IOException, InterruptedException {
        if (photo == null) {
            return null;
        }
        try {
            return frames.make(List.of(photo), input.aspectRatio(), Files.createDirectory(folder))
                    .getFirst();
        } catch (UnreadablePhotoException e) {
            throw new IOException(e);
        }
    }

    /** @param pictures where size and time of every decoded picture go */
    private List<String> arguments(Path clip, @Nullable Path first, @Nullable Path last, Path pictures) {
        var arguments = new ArrayList<>(List.of(
                settings.ffmpeg(),
                "-hide_banner",
                "-nostdin",
                "-nostats",
                "-y",
                // Says of each line how serious it is.
                "-v",
                "level+info",
                "-threads",
                "2",
                "-filter_threads",
                "1",
                "-filter_complex_threads",
                "1",
                "-i",
                clip.toString()));
        var graph = new StringBuilder("[0:v:0]" + SMALL + ",split=3[look][head][tail];");
        graph.append("[look]blackdetect=d=0.1,freezedetect=d=0.5[seen];");
        var outputs = new ArrayList<>(List.of("[seen]"));
        var photos = 0;
        if (first != null) {
            arguments.addAll(List.of("-i", first.toString()));
            graph.append(comparison("[head]trim=end_frame=1", ++photos, "first"));
            outputs.add("[first]");
        } else {
            graph.append("[head]nullsink;");
        }
        if (last != null) {
            arguments.addAll(List.of("-i", last.toString()));
            graph.append(comparison("[tail]reverse,trim=end_frame=1,setpts=PTS-STARTPTS", ++photos, "last"));
            outputs.add("[last]");
        } else {
            graph.append("[tail]nullsink;");
        }
        graph.setLength(graph.length() - 1);
        arguments.addAll(List.of("-filter_complex", graph.toString()));
        outputs.forEach(output -> arguments.addAll(List.of("-map", output, "-f", "null", "-")));
        // Without autoscale, a picture of another size stays what it is.
        arguments.addAll(List.of("-map", "0:v:0", "-autoscale", "0", "-f", "framecrc", pictures.toString()));
        return arguments;
    }

    private static String comparison(String frame, int photo, String name) {
        return "%s[%s-frame];[%d:v]%s[%s-photo];[%s-frame][%s-photo]ssim@%s[%s];"
                .formatted(frame, name, photo, SMALL, name, name, name, name, name);
    }

    /** What it says goes to a file, so that no pipe can fill up and stop it. */
    private static String run(Path findings, List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(findings.toFile())
                .start();
        try {
            process.getOutputStream().close();
            if (process.waitFor() != 0) {
                throw new IOException("FFmpeg ended with %d: %s".formatted(process.exitValue(), text(findings)));
            }
            return text(findings);
        } finally {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
