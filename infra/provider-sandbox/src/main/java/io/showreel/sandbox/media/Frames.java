package io.showreel.sandbox.media;

import io.showreel.sandbox.Ids;
import io.showreel.sandbox.model.Model;
import io.showreel.sandbox.prediction.Maker.MakingFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Fetches frames, and makes sure that they are images which the model can work with. */
final class Frames {
    private static final Pattern DIMENSIONS = Pattern.compile("#dimensions 0: (\\d+)x(\\d+)");

    private final Source source;
    private final FfmpegRun ffmpeg;

    Frames(Source source, FfmpegRun ffmpeg) {
        this.source = source;
        this.ffmpeg = ffmpeg;
    }

    /** @param input the one that holds the frame's address; none: the model takes no such frame */
    Optional<Frame> fetch(String account, Model model, @Nullable String input, ObjectNode inputs, Path desk)
            throws MakingFailed, IOException, InterruptedException {
        var address = input == null ? "" : inputs.path(input).asString("");
        if (input == null || address.isEmpty()) {
            return Optional.empty();
        }
        var file = desk.resolve(input);
        try {
            source.fetch(account, address, file);
        } catch (IOException e) {
            throw new MakingFailed("Could not load " + input + ": " + e.getMessage());
        }
        var decoded = ffmpeg.run(
                List.of("-xerror", "-i", file.toString(), "-map", "0:v:0", "-frames:v", "1", "-f", "framecrc", "-"));
        var dimensions = DIMENSIONS.matcher(decoded.text());
        if (!decoded.ok() || !dimensions.find()) {
            throw new MakingFailed("cannot identify image file '" + input + "'");
        }
        var frame = new Frame(
                file, Integer.parseInt(dimensions.group(1)), Integer.parseInt(dimensions.group(2)), Ids.sha256(file));
        check(model.frames(), frame, input);
        return Optional.of(frame);
    }

    private static void check(Model.@Nullable FrameLimits limits, Frame frame, String input)
            throws MakingFailed, IOException {
        if (limits == null) {
            return;
        }
        int shorter = Math.min(frame.width(), frame.height());
        double ratio = (double) Math.max(frame.width(), frame.height()) / shorter;
        if (limits.minShortSide() != null && shorter <= limits.minShortSide()) {
            throw new MakingFailed(input + ": the short side must be longer than " + limits.minShortSide() + " px");
        }
        if (limits.ratio() != null && ratio > limits.ratio().doubleValue()) {
            throw new MakingFailed(input + ": the aspect ratio must be between 2:5 and 5:2");
        }
        if (limits.maxBytes() != null && Files.size(frame.file()) > limits.maxBytes()) {
            throw new MakingFailed(input + ": the file must not be larger than " + limits.maxBytes() + " bytes");
        }
    }
}
