package io.showreel.asset.media;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks at files with FFmpeg, a process each: memory and time are that process's, and limited. It is told what kind of
 * file it gets and to open nothing else, so that no play list can send it anywhere.
 */
@Component
class Projector {

    private static final Logger log = LoggerFactory.getLogger(Projector.class);

    private static final Pattern DURATION = Pattern.compile("Duration: (\\d+):(\\d\\d):(\\d\\d(?:\\.\\d+)?)");
    private static final Pattern VIDEO = Pattern.compile("Stream #0:\\d+.*?: Video: .*?, (\\d+)x(\\d+)[, ].*");
    private static final Pattern SOUND = Pattern.compile("Stream #0:\\d+.*?: Audio: ");
    private static final Pattern ROTATION = Pattern.compile("rotation of (-?\\d+)");
    private static final int LONGEST_DESCRIPTION = 64 * 1024;

    private final UploadSettings uploads;
    private final ProjectorSettings settings;
    private final Semaphore places;
    private final boolean there;

    Projector(UploadSettings uploads, ProjectorSettings settings) {
        this.uploads = uploads;
        this.settings = settings;
        this.places = new Semaphore(settings.atOnce());
        this.there = answers(settings.ffmpeg());
        if (!there) {
            log.warn(
                    "There is no FFmpeg at \"{}\": videos, audio and WebP images will have no duration and no thumbnail."
                            + " Say where it is in showreel.projector.ffmpeg.",
                    settings.ffmpeg());
        }
    }

    boolean isThere() {
        return there;
    }

    /** What plays in a file; nothing is known of one that can't be read, or without FFmpeg. */
    Footage look(Spool.Spooled file) throws IOException, InterruptedException {
        if (!there) {
            return Footage.UNKNOWN;
        }
        // Without an output FFmpeg describes its input, and fails.
        return footage(run(input(file)).says());
    }

    /**
     * Writes one frame as a JPEG.
     *
     * @param at where in the file, in seconds
     * @param filters that turn and scale it
     * @return whether there is one
     */
    boolean still(Spool.Spooled file, @Nullable BigDecimal at, String filters, Path into)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (at != null) {
            command.addAll(List.of("-ss", at.toPlainString()));
        }
        command.addAll(input(file));
        command.addAll(List.of("-map", "0:v:0", "-frames:v", "1", "-vf", filters));
        command.addAll(List.of("-pix_fmt", "yuvj420p", "-q:v", "3", "-f", "mjpeg", "-y", "file:" + into));
        return run(command).exit() == 0 && Files.size(into) > 0;
    }

    private static Footage footage(String described) {
        var video = described
                .lines()
                .filter(line -> !line.contains("(attached pic)"))
                .map(VIDEO::matcher)
                .filter(Matcher::find)
                .findFirst();
        var stored =
                video.map(found -> new Dimensions(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))));
        var rotation = ROTATION.matcher(described);
        var onItsSide = rotation.find() && Math.floorMod(Integer.parseInt(rotation.group(1)), 180) == 90;
        return new Footage(
                stored.map(seen -> onItsSide ? new Dimensions(seen.height(), seen.width()) : seen)
                        .orElse(null),
                duration(described),
                SOUND.matcher(described).find());
    }

    private static @Nullable BigDecimal duration(String described) {
        var found = DURATION.matcher(described);
        if (!found.find()) {
            return null;
        }
        var minutes = Integer.parseInt(found.group(1)) * 60L + Integer.parseInt(found.group(2));
        return new BigDecimal(found.group(3)).add(BigDecimal.valueOf(minutes * 60));
    }

    private List<String> input(Spool.Spooled file) {
        var input = new ArrayList<>(List.of("-threads", "1", "-max_pixels", Long.toString(uploads.maxPixels())));
        if (file.format().type() == AssetType.IMAGE) {
            // Versions differ in whether they turn images; these are turned by filters.
            input.add("-noautorotate");
        }
        input.addAll(List.of("-protocol_whitelist", "file"));
        input.addAll(List.of("-f", demuxer(file.format()), "-i", "file:" + file.file()));
        return input;
    }

    private static String demuxer(MediaFormat format) {
        return switch (format) {
            case MP4, MOV, M4A -> "mov";
            case WEBM -> "matroska";
            case MP3, WAV -> format.name().toLowerCase(Locale.ROOT);
            case JPEG, PNG, WEBP -> format.name().toLowerCase(Locale.ROOT) + "_pipe";
        };
    }

    private record Result(int exit, String says) {}

    private Result run(List<String> arguments) throws IOException, InterruptedException {
        var says = SpoolFolder.newFile(uploads.folder());
        var command = new ArrayList<>(List.of(settings.ffmpeg(), "-hide_banner", "-nostdin"));
        command.addAll(arguments);
        places.acquire();
        try {
            var process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(says.toFile())
                    .start();
            try {
                if (!process.waitFor(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                    log.warn("FFmpeg was not done within {}: {}", settings.timeout(), command);
                    return new Result(-1, "");
                }
            } finally {
                process.destroyForcibly();
            }
            try (var in = Files.newInputStream(says)) {
                return new Result(
                        process.exitValue(), new String(in.readNBytes(LONGEST_DESCRIPTION), StandardCharsets.UTF_8));
            }
        } finally {
            places.release();
            Files.deleteIfExists(says);
        }
    }

    private static boolean answers(String program) {
        try {
            var process = new ProcessBuilder(program, "-version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(10, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
        } catch (IOException e) {
            // There is none.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
