package io.showreel.sandbox.media;

import io.showreel.sandbox.Ids;
import io.showreel.sandbox.model.Catalog;
import io.showreel.sandbox.model.Model;
import io.showreel.sandbox.prediction.Maker;
import io.showreel.sandbox.prediction.Prediction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes clips, music and speech; what was made from the same inputs before is taken from the cache. */
public final class Studio implements Maker {
    private static final Pattern DIMENSIONS = Pattern.compile("#dimensions 0: (\\d+)x(\\d+)");
    private static final Duration CACHED = Duration.ofDays(7);
    private static final Pattern RATIO = Pattern.compile("(\\d+):(\\d+)");

    private final Catalog catalog;
    private final Source source;
    private final FfmpegRun ffmpeg;
    private final Path cache;
    private final Path work;
    private final Rendering rendering;
    private final Semaphore desks;

    public Studio(Catalog catalog, Source source, Path ffmpeg, Path home, Rendering rendering) {
        this.catalog = catalog;
        this.source = source;
        this.ffmpeg = new FfmpegRun(ffmpeg);
        this.cache = home.resolve("cache");
        this.work = home.resolve("work");
        this.rendering = rendering;
        this.desks = new Semaphore(rendering.atOnce(), true);
        try {
            Files.createDirectories(cache);
            removeWhatACrashLeft();
            removeStale();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path make(Prediction prediction) throws MakingFailed, InterruptedException {
        var model = catalog.named(prediction.created().model())
                .orElseThrow(() -> new MakingFailed("The model was removed"));
        var inputs = model.complete(prediction.created().input());
        var refusal = model.refusal(inputs);
        if (refusal.isPresent()) {
            throw new MakingFailed(refusal.get());
        }
        var desk = work.resolve(prediction.id());
        try {
            Files.createDirectories(desk);
            return model.clip() != null
                    ? clip(prediction, model, model.clip(), inputs, desk)
                    : sound(model, inputs, desk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            remove(desk);
        }
    }

    private Path clip(Prediction prediction, Model model, Model.Clip clip, ObjectNode inputs, Path desk)
            throws MakingFailed, IOException, InterruptedException {
        if (rendering.instant()) {
            return made("canned", "mp4", desk, target -> render(cannedShot(), desk, target));
        }
        var account = prediction.account();
        var first = frame(account, model, clip.first(), inputs, desk);
        var last = frame(account, model, clip.last(), inputs, desk);
        var shot = shot(model, clip, inputs, first, last);
        var identity = shot.width() + "x" + shot.height() + " " + shot.frames() + " " + shot.fps() + " " + shot.audio()
                + " " + shot.seed() + " " + first.map(Frame::sha256) + " " + last.map(Frame::sha256);
        return made(Ids.sha256(identity), "mp4", desk, target -> render(shot, desk, target));
    }

    private Path sound(Model model, ObjectNode inputs, Path desk) throws IOException, InterruptedException {
        var recipe = model.sound();
        if (recipe == null) {
            throw new IllegalStateException(model.name() + " makes neither a clip nor a sound");
        }
        var format =
                model.value(recipe.format(), inputs).map(JsonNode::asString).orElse("wav");
        int sampleRate =
                model.value(recipe.sampleRate(), inputs).map(JsonNode::asInt).orElse(44_100);
        if (rendering.instant()) {
            return made("canned", format, desk, target -> encode(ChordPad.seeded(1, 2), sampleRate, desk, target));
        }
        long seed = seed(inputs);
        Sound sound =
                switch (recipe.kind()) {
                    case MUSIC ->
                        ChordPad.seeded(
                                seed,
                                model.value(recipe.seconds(), inputs)
                                        .map(JsonNode::asDouble)
                                        .orElse(30.0));
                    case SPEECH ->
                        new Murmur(model.text(inputs), inputs.path("speed").asDouble(1), seed);
                };
        return made(Ids.sha256(model.name() + inputs), format, desk, target -> encode(sound, sampleRate, desk, target));
    }

    private Shot shot(Model model, Model.Clip clip, ObjectNode inputs, Optional<Frame> first, Optional<Frame> last) {
        double ratio = model.value(clip.ratio(), inputs)
                .map(value -> ratio(value.asString()))
                .orElse(16.0 / 9);
        if (clip.followsFrame() && first.isPresent()) {
            ratio = (double) first.get().width() / first.get().height();
        }
        double lines = model.value(clip.lines(), inputs).map(JsonNode::asInt).orElse(720) * rendering.clipScale();
        boolean audio =
                model.value(clip.audio(), inputs).map(JsonNode::asBoolean).orElse(false);
        return new Shot(
                even(ratio >= 1 ? lines * ratio : lines),
                even(ratio >= 1 ? lines : lines / ratio),
                model.clipFrames(inputs),
                model.clipFps(inputs),
                audio,
                seed(inputs),
                first,
                last);
    }

    private static Shot cannedShot() {
        return new Shot(320, 180, 24, 24, false, 1, Optional.empty(), Optional.empty());
    }

    private Optional<Frame> frame(String account, Model model, @Nullable String input, ObjectNode inputs, Path desk)
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

    @FunctionalInterface
    private interface Recipe {
        void make(Path target) throws IOException, InterruptedException;
    }

    /** From the cache, or made now, when a desk is free; what stands in the cache is whole. */
    private Path made(String name, String ending, Path desk, Recipe recipe) throws IOException, InterruptedException {
        var cached = cache.resolve(name + "." + ending);
        if (Files.exists(cached)) {
            return cached;
        }
        desks.acquire();
        try {
            if (!Files.exists(cached)) {
                var target = desk.resolve("made." + ending);
                recipe.make(target);
                Files.move(target, cached, StandardCopyOption.ATOMIC_MOVE);
            }
            return cached;
        } finally {
            desks.release();
        }
    }

    private void render(Shot shot, Path desk, Path target) throws IOException, InterruptedException {
        var graph = Files.writeString(desk.resolve("graph"), shot.graph());
        var still = shot.first().or(shot::last);
        var inputs = still.isPresent()
                ? Stream.concat(shot.first().stream(), shot.last().stream())
                        .flatMap(frame -> Stream.of(
                                "-threads",
                                "1",
                                "-framerate",
                                Integer.toString(shot.fps()),
                                "-i",
                                frame.file().toString()))
                : Stream.of("-f", "lavfi", "-i", backdrop(shot));
        var sound = desk.resolve("sound.wav");
        if (shot.audio()) {
            Wave.write(ChordPad.seeded(shot.seed(), shot.seconds()), 48_000, sound);
        }
        ffmpeg.must(Stream.of(
                        inputs,
                        shot.audio() ? Stream.of("-i", sound.toString()) : Stream.<String>empty(),
                        Stream.of("-filter_complex_threads", "1", "-filter_complex_script", graph.toString()),
                        Stream.of("-map", "[v]"),
                        shot.audio()
                                ? Stream.of("-map", soundInput(shot) + ":a:0", "-c:a", "aac", "-b:a", "128k")
                                : Stream.of("-an"),
                        encoder(shot),
                        Stream.of("-movflags", "+faststart", target.toString()))
                .flatMap(part -> part));
    }

    private static int soundInput(Shot shot) {
        return shot.first().isPresent() && shot.last().isPresent() ? 2 : 1;
    }

    /** One keyframe and B-frames, as providers encode; fast, but with the tools of the High profile. */
    private static Stream<String> encoder(Shot shot) {
        var size = Integer.toString(shot.frames() + 1);
        return Stream.of(
                "-r",
                Integer.toString(shot.fps()),
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-crf",
                "19",
                "-bf",
                "3",
                "-g",
                size,
                "-keyint_min",
                size,
                "-sc_threshold",
                "0",
                "-x264-params",
                "8x8dct=1:cabac=1",
                "-pix_fmt",
                "yuv420p",
                "-colorspace",
                "bt709",
                "-color_primaries",
                "bt709",
                "-color_trc",
                "bt709",
                "-color_range",
                "tv",
                "-threads",
                "1",
                "-frames:v",
                Integer.toString(shot.frames()));
    }

    /** Without photos: a soft gradient to move over. */
    private static String backdrop(Shot shot) {
        return String.format(
                Locale.ROOT,
                "gradients=s=%dx%d:r=%d:c0=0x%06x:c1=0x%06x:x0=0:y0=0:x1=%d:y1=%d:d=1",
                shot.width(),
                shot.height(),
                shot.fps(),
                Math.floorMod(shot.seed() * 2_654_435_761L, 0x1000000L),
                Math.floorMod(shot.seed() * 40_503L + 0x7f4f2fL, 0x1000000L),
                shot.width(),
                shot.height());
    }

    private void encode(Sound sound, int sampleRate, Path desk, Path target) throws IOException, InterruptedException {
        var wave = desk.resolve("sound.wav");
        Wave.write(sound, sampleRate, wave);
        if (target.toString().endsWith(".wav")) {
            Files.move(wave, target);
            return;
        }
        var codec = target.toString().endsWith(".pcm") ? Stream.of("-f", "s16le") : Stream.of("-b:a", "192k");
        ffmpeg.must(Stream.of(Stream.of("-i", wave.toString()), codec, Stream.of(target.toString()))
                .flatMap(part -> part));
    }

    private static long seed(ObjectNode inputs) {
        return inputs.has("seed")
                ? inputs.get("seed").asLong()
                : Long.parseUnsignedLong(
                        Ids.sha256(inputs.path("prompt").toString()).substring(0, 15), 16);
    }

    private static double ratio(String text) {
        var matcher = RATIO.matcher(text);
        return matcher.matches()
                ? Double.parseDouble(matcher.group(1)) / Double.parseDouble(matcher.group(2))
                : 16.0 / 9;
    }

    private static int even(double pixels) {
        return Math.max(2, (int) Math.round(pixels / 2) * 2);
    }

    private void removeStale() throws IOException {
        var border = Instant.now().minus(CACHED);
        try (var files = Files.list(cache)) {
            for (var file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(border)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private void removeWhatACrashLeft() throws IOException {
        Files.createDirectories(work);
        try (var desks = Files.list(work)) {
            for (var desk : desks.toList()) {
                remove(desk);
            }
        }
    }

    private static void remove(Path desk) {
        try {
            if (Files.exists(desk)) {
                Files.walkFileTree(desk, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
                            throws IOException {
                        Files.delete(directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
