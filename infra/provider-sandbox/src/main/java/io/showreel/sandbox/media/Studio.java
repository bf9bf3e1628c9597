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
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes clips, music and speech; what was made from the same inputs before is taken from the cache. */
public final class Studio implements Maker {
    private static final Duration CACHED = Duration.ofDays(7);
    private static final Pattern RATIO = Pattern.compile("(\\d+):(\\d+)");

    private final Catalog catalog;
    private final Frames frames;
    private final Renderer renderer;
    private final Path cache;
    private final Path work;
    private final Rendering rendering;
    private final Semaphore desks;

    public Studio(Catalog catalog, Source source, Path ffmpeg, Path home, Rendering rendering) {
        this.catalog = catalog;
        var run = new FfmpegRun(ffmpeg);
        this.frames = new Frames(source, run);
        this.renderer = new Renderer(run);
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
            return made("canned", "mp4", desk, target -> renderer.render(cannedShot(), desk, target));
        }
        var account = prediction.account();
        var first = frames.fetch(account, model, clip.first(), inputs, desk);
        var last = frames.fetch(account, model, clip.last(), inputs, desk);
        var shot = shot(model, clip, inputs, first, last);
        var identity = shot.width() + "x" + shot.height() + " " + shot.frames() + " " + shot.fps() + " " + shot.audio()
                + " " + shot.seed() + " " + first.map(Frame::sha256) + " " + last.map(Frame::sha256);
        return made(Ids.sha256(identity), "mp4", desk, target -> renderer.render(shot, desk, target));
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
            return made(
                    "canned", format, desk, target -> renderer.encode(ChordPad.seeded(1, 2), sampleRate, desk, target));
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
        return made(
                Ids.sha256(model.name() + inputs),
                format,
                desk,
                target -> renderer.encode(sound, sampleRate, desk, target));
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
