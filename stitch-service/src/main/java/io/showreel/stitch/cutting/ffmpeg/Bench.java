package io.showreel.stitch.cutting.ffmpeg;

import io.showreel.stitch.cutting.Editor.Watch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Where one film is worked on: a folder, FFmpeg, and somebody who watches. */
final class Bench {

    private final Ffmpeg ffmpeg;
    private final Path folder;
    private final Watch watch;
    private int percent;

    Bench(Ffmpeg ffmpeg, Path folder, Watch watch) {
        this.ffmpeg = ffmpeg;
        this.folder = folder;
        this.watch = watch;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    void reached(int percent) {
        this.percent = Math.max(this.percent, percent);
        watch.at(this.percent);
    }

    Ffmpeg.Result run(List<String> arguments) throws IOException, InterruptedException {
        return run(frames -> percent, arguments);
    }

    /** @param percentAt what is reached with so many frames done */
    Ffmpeg.Result run(IntUnaryOperator percentAt, List<String> arguments) throws IOException, InterruptedException {
        return ffmpeg.run(folder, frames -> reached(percentAt.applyAsInt(frames)), arguments);
    }

    /** Runs what cannot fail because of the material. */
    void succeed(List<String> arguments) throws IOException, InterruptedException {
        var result = run(arguments);
        if (result.failed()) {
            throw new Ffmpeg.FfmpegFailedException(result.complaints());
        }
    }
}
