package io.showreel.stitch.cutting.ffmpeg;

import io.showreel.contracts.scene.SceneRequest.Fit;
import io.showreel.stitch.cutting.Editor.CutFilm;
import io.showreel.stitch.cutting.Editor.Room;
import io.showreel.stitch.cutting.Editor.Shown;
import io.showreel.stitch.cutting.Editor.Urgency;
import io.showreel.stitch.editing.EditList;
import io.showreel.stitch.editing.EditList.Shot;
import io.showreel.stitch.editing.EditList.Track;
import io.showreel.stitch.editing.EditList.Transition;
import io.showreel.stitch.editing.Footage.Packet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Clips in a folder, the film that is cut of them, and what is in it. */
final class Material {

    /** Clips of whole test classes, by the words they were made with: most tests want one of a few. */
    private static final Map<List<String>, Path> MADE = new ConcurrentHashMap<>();

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    final Map<URI, Path> files = new ConcurrentHashMap<>();
    final TestShelf shelf = new TestShelf(files);
    final List<Shot> shots = new ArrayList<>();
    /** Objects of others have other names, as anything else about them is remembered. */
    private final int which = NUMBERS.incrementAndGet();

    private final Path folder;
    private final int shortSide;
    private @Nullable Track music;
    private Fit fit = Fit.BLUR;

    Material(Path folder, int shortSide) {
        this.folder = folder;
        this.shortSide = shortSide;
    }

    /** Makes a clip with FFmpeg's own words, and puts it into the film. */
    Path shot(int frames, Transition into, String... arguments) throws IOException, InterruptedException {
        int number = shots.size() + 1;
        var extension = List.of(arguments).contains("libvpx-vp9") ? ".webm" : ".mov";
        var file = folder.resolve("clip " + number + "'s" + extension);
        Files.copy(made(List.of(arguments), extension), file);
        return shot(frames, into, file);
    }

    /** A copy of it is the caller's, who may damage it. */
    private static Path made(List<String> arguments, String extension) throws IOException, InterruptedException {
        var made = MADE.get(arguments);
        if (made == null) {
            made = Files.createTempFile("clip", extension);
            made.toFile().deleteOnExit();
            var all = new ArrayList<>(arguments);
            all.add(made.toString());
            TestFfmpeg.run(made.getParent(), all.toArray(String[]::new));
            MADE.put(arguments, made);
        }
        return made;
    }

    Path shot(int frames, Transition into, Path file) {
        var object = URI.create("s3://b/%d/clip-%d".formatted(which, shots.size() + 1));
        files.put(object, file);
        shot(frames, into, object);
        return file;
    }

    /** A clip that is in the film already, once more. */
    void shot(int frames, Transition into, URI object) {
        int number = shots.size() + 1;
        shots.add(new Shot(new UUID(0, number), new UUID(1, number), "Scene " + number, object, frames, into));
    }

    void music(int seconds) throws IOException, InterruptedException {
        var file = folder.resolve("music.wav");
        TestFfmpeg.run(folder, "-f", "lavfi", "-i", "sine=frequency=440:duration=" + seconds, file.toString());
        files.put(URI.create("s3://b/music"), file);
        music = new Track(URI.create("s3://b/music"), true);
    }

    void fit(Fit wanted) {
        fit = wanted;
    }

    EditList edits(String aspectRatio) {
        return new EditList(aspectRatio, fit, shots, music, List.of(), Duration.ofSeconds(1), List.of(), List.of());
    }

    CutFilm cut(String program, String aspectRatio) throws IOException, InterruptedException {
        var bench = Files.createTempDirectory(folder, "bench");
        return TestFfmpeg.editor(program, shortSide)
                .cut(edits(aspectRatio), shelf, new Room(bench, percent -> {}, Urgency.WANTED));
    }

    /** What goes with that film. */
    Shown show(String program, String aspectRatio, @Nullable Path poster) throws IOException, InterruptedException {
        var bench = Files.createTempDirectory(folder, "bench");
        return TestFfmpeg.editor(program, shortSide)
                .show(edits(aspectRatio), poster, shelf, new Room(bench, percent -> {}, Urgency.WANTED));
    }

    /** The time of every decoded picture in frames, and a checksum of it; a complaint fails. */
    List<String> pictures(Path film) throws IOException, InterruptedException {
        var list = Files.createTempFile(folder, "pictures", ".txt");
        var said = TestFfmpeg.run(
                folder,
                "-v",
                "warning",
                "-xerror",
                "-i",
                film.toString(),
                "-map",
                "0:v:0",
                "-f",
                "framemd5",
                list.toString());
        if (!said.isBlank()) {
            throw new AssertionError("FFmpeg complains: " + said);
        }
        return Files.readAllLines(list).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    List<Packet> packets(Path film, String stream) throws IOException, InterruptedException {
        var list = Files.createTempFile(folder, "packets", ".txt");
        TestFfmpeg.run(folder, "-i", film.toString(), "-map", stream, "-c", "copy", "-f", "framecrc", list.toString());
        return Probe.PacketList.read(list).packets();
    }

    /** The mean luma of every picture, of 0 to 255, inside a part of it. */
    List<Double> luma(Path film, String part) throws IOException, InterruptedException {
        var list = Files.createTempFile(folder, "luma", ".txt");
        TestFfmpeg.run(
                folder,
                "-i",
                film.toString(),
                "-vf",
                part + ",signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=" + list,
                "-f",
                "null",
                "-");
        return Files.readAllLines(list).stream()
                .filter(line -> line.startsWith("lavfi"))
                .map(line -> Double.parseDouble(line.substring(line.indexOf('=') + 1)))
                .toList();
    }
}
