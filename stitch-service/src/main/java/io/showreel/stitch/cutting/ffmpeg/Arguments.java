package io.showreel.stitch.cutting.ffmpeg;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A command line of FFmpeg in its making. */
final class Arguments {

    private final List<String> all = new ArrayList<>();

    private Arguments() {}

    /** FFmpeg says only what matters: an error, or a warning as well. */
    static Arguments saying(String level) {
        return new Arguments().with("-v", level);
    }

    Arguments with(String... more) {
        all.addAll(List.of(more));
        return this;
    }

    Arguments with(List<String> more) {
        all.addAll(more);
        return this;
    }

    /** A file of somebody else's, which must not make FFmpeg open anything but itself. */
    Arguments input(Path file) {
        return with("-protocol_whitelist", "file,pipe", "-i", file.toString());
    }

    List<String> toNowhere() {
        return List.copyOf(all);
    }

    List<String> to(Path output) {
        return to(output.toString());
    }

    List<String> toNothing() {
        return with("-f", "null").to("-");
    }

    private List<String> to(String output) {
        return List.copyOf(with(output).all);
    }
}
