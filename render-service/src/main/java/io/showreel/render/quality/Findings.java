package io.showreel.render.quality;

import io.showreel.contracts.scene.SceneEvent.Quality;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what FFmpeg says of a clip while it decodes it.
 *
 * @param pictures what its {@code framecrc} wrote about each of them
 */
record Findings(String said, List<String> pictures) {

    private static final Pattern LENGTH = Pattern.compile("Duration: (\\d+):(\\d+):(\\d+\\.\\d+)");
    private static final Pattern VIDEO =
            Pattern.compile("Stream #0:\\d+.*?: Video: .*?, (\\d+)x(\\d+).*? ([\\d.]+) fps");
    private static final Pattern BLACK = Pattern.compile("black_duration:([\\d.]+)");
    private static final Pattern FROZEN = Pattern.compile("freeze_duration: ([\\d.]+)");
    private static final Pattern FREEZES = Pattern.compile("freeze_start: ([\\d.]+)");
    private static final Pattern FREEZE_ENDS = Pattern.compile("freeze_end: ");
    /** Those about a photo's colours and its comparison with a frame say nothing of the clip. */
    private static final Pattern COMPLAINT =
            Pattern.compile("(?m)^(?!\\[(swscaler|ssim@\\w+) @).*\\[(warning|error|fatal|panic)]");
    /** Stream, decoding time, time in frames, length, size, checksum. */
    private static final Pattern PICTURE = Pattern.compile("0, *\\d+, *(?<time>\\d+), *\\d+, *(?<size>\\d+),.*");

    /** Empty if the file was not described. */
    Optional<Quality> quality() {
        var length = length();
        var video = VIDEO.matcher(said);
        if (length == null || !video.find()) {
            return Optional.empty();
        }
        return Optional.of(new Quality(
                Integer.parseInt(video.group(1)),
                Integer.parseInt(video.group(2)),
                Double.parseDouble(video.group(3)),
                length,
                sum(BLACK),
                sum(FROZEN).plus(frozenToTheEnd(length)),
                likeness("first"),
                likeness("last"),
                cleanFrames()));
    }

    private @Nullable Integer cleanFrames() {
        var all = pictures.stream()
                .filter(line -> !line.startsWith("#"))
                .map(PICTURE::matcher)
                .toList();
        if (!all.stream().allMatch(Matcher::matches) || COMPLAINT.matcher(said).find()) {
            return null;
        }
        boolean oneSize =
                all.stream().map(picture -> picture.group("size")).distinct().count() == 1;
        boolean inStep = IntStream.range(0, all.size())
                .allMatch(i -> Integer.parseInt(all.get(i).group("time")) == i);
        return oneSize && inStep ? all.size() : null;
    }

    private @Nullable Duration length() {
        var found = LENGTH.matcher(said);
        return found.find()
                ? Duration.ofHours(Long.parseLong(found.group(1)))
                        .plusMinutes(Long.parseLong(found.group(2)))
                        .plus(seconds(found.group(3)))
                : null;
    }

    private Duration sum(Pattern pattern) {
        return pattern.matcher(said)
                .results()
                .map(found -> seconds(found.group(1)))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** A stretch that lasts to the end is only said to begin. */
    private Duration frozenToTheEnd(Duration length) {
        var starts = FREEZES.matcher(said)
                .results()
                .map(found -> seconds(found.group(1)))
                .toList();
        if (starts.size() <= FREEZE_ENDS.matcher(said).results().count()) {
            return Duration.ZERO;
        }
        var rest = length.minus(starts.getLast());
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    /** Null if there was nothing to compare it with. */
    private @Nullable Double likeness(String frame) {
        var found = Pattern.compile("\\[ssim@" + frame + " .*All:([\\d.]+)").matcher(said);
        return found.find() ? Math.min(1, Double.parseDouble(found.group(1))) : null;
    }

    private static Duration seconds(String decimal) {
        return Duration.ofMillis(Math.round(Double.parseDouble(decimal) * 1000));
    }
}
