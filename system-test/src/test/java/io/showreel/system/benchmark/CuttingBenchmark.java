package io.showreel.system.benchmark;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.scene.SceneRequest.Transition;
import io.showreel.contracts.video.VideoEvent.FilmPublished;
import io.showreel.system.benchmark.CuttingRoom.Finished;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cutting against the usual ways, side by side in one run: the service with real servers, from the message that the last
 * clip lies in the object store to the message that the film does; and one FFmpeg on local files. Clips are 6 s of 1080p
 * at 24 frames a second, with B-frames and one keyframe, unless a row says otherwise. Prints tables, asserts no times.
 */
@Tag("benchmark")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CuttingBenchmark {

    private static final Set<String> ROWS =
            Set.of(System.getProperty("benchmark.rows", "copies,edits,fades,unlike,memory")
                    .split(","));
    private static final List<Integer> SCENES = Stream.of(
                    System.getProperty("benchmark.scenes", "4,8,16,60").split(","))
            .map(Integer::valueOf)
            .toList();
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);
    private static final Duration ARRIVING = Duration.ofSeconds(Integer.getInteger("benchmark.arriving", 60));
    /** Encoding everything anew takes half a minute for each eight scenes. */
    private static final int MOST_ENCODED_WHOLE = 8;

    private static final int AT_ONCE = 10;
    private static final Usual NOT_MEASURED = new Usual(0, 0);

    @TempDir
    private static Path folder;

    private final List<String> table = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private CuttingRoom room;
    private UsualCutting usual;
    private List<Path> alike;
    private List<Path> unlike;
    private List<Path> keyed;

    /**
     * How long it takes today.
     *
     * @param seconds on local files; 0 if not measured
     * @param storeToStore the same, and fetching the clips before and keeping the film after; 0 if not measured
     */
    private record Usual(double seconds, double storeToStore) {}

    /** What was measured of one film. */
    private record Measured(FilmPublished film, double seconds, double cpuSeconds) {}

    @BeforeAll
    void prepare() throws Exception {
        usual = new UsualCutting(folder);
        alike = usual.clips(24, "1920x1080");
        unlike = List.of(
                alike.get(0),
                usual.clips(30, "1280x720").get(1),
                usual.clips(25, "1920x1080").get(2),
                usual.clips(24, "1280x720").get(3));
        room = CuttingRoom.open(folder);
        // Starts the JVM's engines, too.
        var clips = kept(alike);
        cut(room.newJob(), clips, CuttingRoom.DISSOLVE, Duration.ZERO);
        cut(room.newJob(), kept(alike), CuttingRoom.CUT, Duration.ZERO);
        keyed = new ArrayList<>();
        for (var reel : room.reelsOf(clips)) {
            keyed.add(folder.resolve("keyed-" + keyed.size() + ".mp4"));
            room.fetch(reel, keyed.getLast());
        }
    }

    @AfterAll
    void tell() throws Exception {
        if (room != null) {
            room.close();
        }
        System.out.printf("%d cores%n%n", Runtime.getRuntime().availableProcessors());
        System.out.println("| case | scenes | load average before | usual way s | the same from store to store s "
                + "| ours s | ours / usual | CPU s of ours "
                + "| clips copied, copied but for their ends, encoded anew; windows |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        table.forEach(System.out::println);
        System.out.println();
        remarks.forEach(System.out::println);
    }

    @Test
    void measure_hard_cuts_of_alike_clips() throws Exception {
        if (ROWS.contains("copies")) {
            for (int scenes : SCENES) {
                for (int round = 0; round < (scenes > 8 ? 1 : ROUNDS); round++) {
                    var files = UsualCutting.repeated(alike, scenes);
                    var clips = kept(files);
                    var load = load();
                    var theirs = concat(clips);
                    say("hard cuts, alike", scenes, load, theirs, cut(clips, CuttingRoom.CUT, Duration.ZERO));
                }
            }
        }
    }

    @Test
    void measure_edits_of_finished_films() throws Exception {
        if (ROWS.contains("edits")) {
            for (int scenes : SCENES) {
                var files = UsualCutting.repeated(alike, scenes);
                var clips = new ArrayList<>(kept(files));
                long job = room.newJob();
                cut(job, clips, CuttingRoom.CUT, Duration.ZERO);
                var load = load();
                var order = concat(clips.reversed());
                say("new order of that film", scenes, load, order, edit(job, 2, clips.reversed(), CuttingRoom.CUT));
                room.reelsOf(clips);
                load = load();
                var fades = scenes > MOST_ENCODED_WHOLE ? NOT_MEASURED : new Usual(usual.fades(files), 0);
                say("new transitions for it", scenes, load, fades, edit(job, 3, clips, CuttingRoom.DISSOLVE));
            }
        }
    }

    @Test
    void measure_cross_fades() throws Exception {
        if (ROWS.contains("fades")) {
            for (int scenes : SCENES) {
                var files = UsualCutting.repeated(keyed, scenes);
                var clips = kept(files);
                var load = load();
                var theirs = scenes > MOST_ENCODED_WHOLE ? NOT_MEASURED : new Usual(usual.fades(files), 0);
                var ours = cut(clips, CuttingRoom.DISSOLVE, Duration.ZERO);
                say("cross-fades, alike with keyframes", scenes, load, theirs, ours);
                if (theirs.seconds() > 0) {
                    var film = folder.resolve("ours.mp4");
                    room.fetch(ours.film().film(), film);
                    remark("SSIM of %d scenes with windows to the whole encoded anew: %s"
                            .formatted(scenes, usual.ssim(film)));
                }
                load = load();
                ours = cut(kept(UsualCutting.repeated(alike, scenes)), CuttingRoom.DISSOLVE, Duration.ZERO);
                say("cross-fades, alike with one keyframe", scenes, load, theirs, ours);
            }
        }
    }

    @Test
    void measure_unlike_clips() throws Exception {
        if (ROWS.contains("unlike")) {
            for (int scenes : SCENES) {
                var files = UsualCutting.repeated(unlike, scenes);
                var clips = kept(files);
                var load = load();
                var theirs = scenes > MOST_ENCODED_WHOLE ? NOT_MEASURED : new Usual(usual.join(files), 0);
                var ours = cut(clips, CuttingRoom.CUT, ARRIVING.dividedBy(scenes));
                say("unlike, arriving over %d s".formatted(ARRIVING.toSeconds()), scenes, load, theirs, ours);
            }
        }
    }

    @Test
    void measure_the_memory_of_ten_jobs_at_once() throws Exception {
        if (ROWS.contains("memory")) {
            var jobs = IntStream.range(0, AT_ONCE).mapToObj(i -> room.newJob()).toList();
            for (long job : jobs) {
                var clips = kept(unlike);
                room.request(job, 1, clips.size(), CuttingRoom.DISSOLVE);
                for (int i = 0; i < clips.size(); i++) {
                    room.arrive(job, 1, i + 1, clips.get(i));
                }
            }
            long together = 0;
            long processes = 0;
            while (!jobs.stream().allMatch(job -> room.film(job, 1).isPresent())) {
                processes = Math.max(processes, room.service().descendants().count());
                together = Math.max(together, Consumption.memory(room.service()));
            }
            remark(
                    "%d jobs at once: at most %d MB together, the service itself never more than %d; %d processes beside it"
                            .formatted(AT_ONCE, together, Consumption.peak(room.service()), processes));
            assertThat(together).as("MB").isLessThan(2048);
        }
    }

    private Usual concat(List<URI> clips) throws Exception {
        long start = System.nanoTime();
        var files = new ArrayList<Path>();
        for (var clip : clips) {
            files.add(folder.resolve("fetched-%d.mp4".formatted(files.size())));
            room.fetch(clip, files.getLast());
        }
        double joining = usual.concat(files);
        room.keep(usual.result());
        return new Usual(joining, (System.nanoTime() - start) / 1e9);
    }

    private Measured cut(List<URI> clips, Transition into, Duration pace) throws InterruptedException {
        return cut(room.newJob(), clips, into, pace);
    }

    /**
     * Clips come one by one, as they do when rendering takes its time: each not before the one before it was looked over,
     * and made ready where need be. The time runs from the arrival of the last one.
     */
    private Measured cut(long job, List<URI> clips, Transition into, Duration pace) throws InterruptedException {
        double cpu = cpuSeconds();
        room.request(job, 1, clips.size(), into);
        for (int i = 0; i < clips.size() - 1; i++) {
            long next = System.nanoTime() + pace.toNanos();
            room.arrive(job, 1, i + 1, clips.get(i));
            room.awaitShown(job, 1, i + 1);
            TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
        }
        long start = System.nanoTime();
        room.arrive(job, 1, clips.size(), clips.getLast());
        return measured(room.awaitFilm(job, 1), start, cpu);
    }

    /** All clips are there already: the time runs from the request. */
    private Measured edit(long job, int cut, List<URI> clips, Transition into) {
        double cpu = cpuSeconds();
        long start = System.nanoTime();
        room.request(job, cut, clips.size(), into);
        for (int i = 0; i < clips.size(); i++) {
            room.arrive(job, cut, i + 1, clips.get(i));
        }
        return measured(room.awaitFilm(job, cut), start, cpu);
    }

    private Measured measured(Finished finished, long start, double cpu) {
        return new Measured(finished.film(), (finished.nanos() - start) / 1e9, cpuSeconds() - cpu);
    }

    private List<URI> kept(List<Path> files) throws Exception {
        var clips = new ArrayList<URI>();
        for (var file : files) {
            clips.add(room.keep(usual.another(file, "clip-" + System.nanoTime()), usual.frames(file)));
        }
        return clips;
    }

    private void say(String what, int scenes, String load, Usual theirs, Measured ours) {
        table.add("| %s | %d | %s | %s | %s | %s | %s | %s | %s |"
                .formatted(
                        what,
                        scenes,
                        load,
                        decimal(theirs.seconds()),
                        decimal(theirs.storeToStore()),
                        decimal(ours.seconds()),
                        theirs.seconds() == 0 ? "-" : decimal(ours.seconds() / theirs.seconds()),
                        decimal(ours.cpuSeconds()),
                        ways(ours.film())));
        System.out.println(table.getLast());
    }

    private void remark(String remark) {
        remarks.add(remark);
        System.out.println(remark);
    }

    private static String decimal(double seconds) {
        return seconds == 0 ? "-" : String.format(Locale.ROOT, "%.2f", seconds);
    }

    private static String ways(FilmPublished film) {
        var ways = film.plan().stream().collect(groupingBy(choice -> choice.subject() + choice.way(), counting()));
        return "%d, %d, %d; %d"
                .formatted(
                        ways.getOrDefault("clipcopy", 0L),
                        ways.getOrDefault("clipwindow", 0L),
                        ways.getOrDefault("clipnormalise", 0L),
                        ways.getOrDefault("transitionwindow", 0L));
    }

    private double cpuSeconds() {
        return Consumption.cpu(room.service()).toMillis() / 1000.0;
    }

    private static String load() {
        return String.format(
                Locale.ROOT,
                "%.1f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
