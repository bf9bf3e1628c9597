package io.showreel.stitch.cutting.ffmpeg;

import io.showreel.stitch.cutting.Editor.Room;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

/** Where one film is worked on, by several threads: a folder, FFmpeg, and somebody who watches. */
final class Bench {

    private final Ffmpeg ffmpeg;
    private final Room room;
    private final AtomicInteger files = new AtomicInteger();
    private int percent;

    Bench(Ffmpeg ffmpeg, Room room) {
        this.ffmpeg = ffmpeg;
        this.room = room;
    }

    /** A new file of that name, which nobody else works on. */
    Path file(String name) {
        return room.folder().resolve("%03d-%s".formatted(files.incrementAndGet(), name));
    }

    /** One at a time, so that whoever watches never sees it fall. */
    synchronized void reached(int percent) {
        this.percent = Math.max(this.percent, percent);
        room.watch().at(this.percent);
    }

    Ffmpeg.Result run(List<String> arguments) throws IOException, InterruptedException {
        return run(frames -> 0, arguments);
    }

    /** @param percentAt what is reached with so many frames done */
    Ffmpeg.Result run(IntUnaryOperator percentAt, List<String> arguments) throws IOException, InterruptedException {
        return ffmpeg.run(room.folder(), room.urgency(), frames -> reached(percentAt.applyAsInt(frames)), arguments);
    }

    /** Runs what cannot fail because of the material. */
    void succeed(List<String> arguments) throws IOException, InterruptedException {
        var result = run(arguments);
        if (result.failed()) {
            throw new Ffmpeg.FfmpegFailedException(result.complaints());
        }
    }
}
