package io.showreel.selection.storyboard.grok;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.job.JobCommand.Photo;
import io.showreel.contracts.job.JobCommand.SelectScenes;
import io.showreel.contracts.storyboard.StoryboardEvent.ChosenScene;
import io.showreel.contracts.storyboard.StoryboardEvent.Origin;
import io.showreel.contracts.storyboard.StoryboardEvent.StoryboardSelected;
import io.showreel.embedded.S3Server;
import io.showreel.objects.ObjectStoreSettings;
import io.showreel.objects.minio.MinioObjectStore;
import io.showreel.sandbox.Sandbox;
import io.showreel.sandbox.Settings;
import io.showreel.selection.photo.Album;
import io.showreel.selection.photo.Measures;
import io.showreel.selection.photo.PhotoViewer;
import io.showreel.selection.photo.sheet.ContactSheets;
import io.showreel.selection.photo.sheet.Panel;
import io.showreel.selection.photo.sheet.Panel.Cell;
import io.showreel.selection.photo.sheet.Printers;
import io.showreel.selection.photo.store.Viewers;
import io.showreel.selection.storyboard.SelectStoryboard;
import io.showreel.selection.storyboard.SelectionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * How good the chosen pairs are, printed: by the fallback with its eyes shut, by the fallback, and by Grok as the
 * sandbox imitates it, which reads the ids but sees nothing; what it gets right, the shortlist got right before.
 * The contact sheets and the chosen pairs are left in {@code target/quality}.
 */
class QualityTest {

    private static final int SCENES = 6;
    private static final Path LEFT_IN = Path.of("target/quality");

    @TempDir
    private static Path folder;

    private static Sandbox sandbox;
    private static MinioObjectStore store;
    private static PhotoViewer viewer;

    private final ContactSheets printer = Printers.contactSheets();

    @BeforeAll
    static void start() throws IOException {
        var s3 = S3Server.shared();
        sandbox = Sandbox.start(
                Settings.in(Files.createDirectory(folder.resolve("sandbox"))).withKeys(Set.of("key")));
        store = new MinioObjectStore(new ObjectStoreSettings(
                s3.endpoint(),
                s3.accessKey(),
                s3.secretKey(),
                "showreel",
                "us-east-1",
                Duration.ofSeconds(5),
                Duration.ofSeconds(30)));
        viewer = Viewers.over(store);
        Files.createDirectories(LEFT_IN);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
        store.close();
    }

    @Test
    void pairs_come_from_one_view_a_camera_move_apart_and_from_its_sharper_photos() throws Exception {
        var table = new ArrayList<String>();
        var checks = new ArrayList<Runnable>();
        for (var set : List.of(
                PhotoSet.sample(store, folder),
                PhotoSet.careless(store, folder),
                PhotoSet.upright(store, folder),
                PhotoSet.drawn(store, folder))) {
            var album = viewer.look(set.photos(), Duration.ofMinutes(2));
            var blind = quality(set, album, select(set, false, (photos, atMost) -> Album.UNSEEN));
            var fallback = select(set, false, viewer);
            var grok = select(set, true, viewer);
            var byFallback = quality(set, album, fallback);
            var byGrok = quality(set, album, grok);
            table.add(blind.row(set, "fallback, not looking"));
            table.add(byFallback.row(set, "fallback"));
            table.add(byGrok.row(set, "Grok in the sandbox"));
            leave(set, album, fallback, "");
            leave(set, album, grok, "-grok");
            checks.add(() -> {
                assertThat(grok.origin()).as(grok.effort().note()).isEqualTo(Origin.MODEL);
                for (var seen : List.of(byFallback, byGrok)) {
                    assertThat(seen.oneView()).as(set.name()).isEqualTo(1);
                    assertThat(seen.distinct()).as(set.name()).isEqualTo(1);
                    assertThat(seen.bad()).as(set.name()).isZero();
                }
                assertThat(byFallback.sharp()).as(set.name()).isGreaterThanOrEqualTo(blind.sharp());
            });
        }
        System.out.println(Quality.HEAD + "\n" + String.join("\n", table));
        checks.forEach(Runnable::run);
    }

    @Test
    void a_campaign_seen_before_is_chosen_from_at_the_pace_of_the_spine() throws Exception {
        var set = PhotoSet.sample(store, folder);
        var selection = selection(Viewers.over(store));
        var first = time(() -> selection.answer(set.command(SCENES, false)));
        repeat(50, selection, set.command(SCENES, false));
        var again = repeat(100, selection, set.command(SCENES, false));
        repeat(5, selection, set.command(SCENES, true));
        var asking = repeat(20, selection, set.command(SCENES, true));

        System.out.printf(
                "84 photos, looked at for the first time: %d ms; then %.1f ms a selection, %.1f ms with Grok in the sandbox%n",
                first.toMillis(), again.toNanos() / 100 / 1e6, asking.toNanos() / 20 / 1e6);
        assertThat(again).isLessThan(Duration.ofSeconds(5));
    }

    private static Duration repeat(int times, SelectStoryboard selection, SelectScenes command) throws Exception {
        return time(() -> {
            for (var i = 0; i < times; i++) {
                selection.answer(command);
            }
            return times;
        });
    }

    /** Shares of the pairs, and the number of photos that nobody should have chosen. */
    private record Quality(
            int scenes, double oneView, double distinct, double sharp, double sharpest, double all, long bad) {

        static final String HEAD = "%-18s %-22s %6s %8s %8s %10s %10s %6s %5s"
                .formatted(
                        "photos",
                        "chosen by",
                        "scenes",
                        "one view",
                        "distinct",
                        "sharp/view",
                        "sharp/all",
                        "good",
                        "bad");

        String row(PhotoSet set, String who) {
            return "%-18s %-22s %6d %7.0f%% %7.0f%% %9.0f%% %9.0f%% %5.0f%% %5d"
                    .formatted(
                            set.name(),
                            who,
                            scenes,
                            100 * oneView,
                            100 * distinct,
                            100 * sharp,
                            100 * sharpest,
                            100 * all,
                            bad);
        }
    }

    private static Quality quality(PhotoSet set, Album album, StoryboardSelected storyboard) {
        var photos = set.photos().stream().collect(Collectors.toMap(Photo::assetId, Function.identity()));
        Function<Photo, String> view = photo -> set.views().get(photo.assetId());
        var views = set.photos().stream().collect(Collectors.groupingBy(view));
        Predicate<ChosenScene> oneView = scene ->
                view.apply(photos.get(scene.firstAssetId())).equals(view.apply(photos.get(scene.lastAssetId())));
        Predicate<ChosenScene> distinct =
                scene -> !album.kinship(photos.get(scene.firstAssetId()), photos.get(scene.lastAssetId()))
                        .orElseThrow()
                        .isNearDuplicate();
        Predicate<ChosenScene> sharp = scene -> both(scene)
                .allMatch(
                        id -> sharpness(album, photos.get(id)) >= median(album, views.get(view.apply(photos.get(id)))));
        Predicate<ChosenScene> sharpest =
                scene -> both(scene).allMatch(id -> sharpness(album, photos.get(id)) >= median(album, set.photos()));
        return new Quality(
                storyboard.scenes().size(),
                share(storyboard, oneView),
                share(storyboard, distinct),
                share(storyboard, sharp),
                share(storyboard, sharpest),
                share(storyboard, oneView.and(distinct).and(sharp)),
                storyboard.scenes().stream()
                        .flatMap(QualityTest::both)
                        .filter(set.bad()::contains)
                        .count());
    }

    private static double share(StoryboardSelected storyboard, Predicate<ChosenScene> good) {
        return (double) storyboard.scenes().stream().filter(good).count()
                / storyboard.scenes().size();
    }

    private static Stream<UUID> both(ChosenScene scene) {
        return Stream.of(scene.firstAssetId(), scene.lastAssetId());
    }

    private static double sharpness(Album album, Photo photo) {
        return album.measuresOf(photo).map(Measures::sharpness).orElseThrow();
    }

    private static double median(Album album, List<Photo> photos) {
        var sorted = photos.stream()
                .mapToDouble(photo -> sharpness(album, photo))
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    /** A sheet of the pairs, one below the other, and the reasons beside it. */
    private void leave(PhotoSet set, Album album, StoryboardSelected storyboard, String suffix) throws IOException {
        var photos = set.photos().stream().collect(Collectors.toMap(Photo::assetId, Function.identity()));
        var panels = new ArrayList<Panel>();
        var reasons = new ArrayList<String>();
        for (var scene : storyboard.scenes()) {
            panels.add(new Panel(both(scene)
                    .map(photos::get)
                    .map(photo -> new Cell(
                            "p" + (set.photos().indexOf(photo) + 1),
                            photo.object(),
                            album.sightOf(photo).orElseThrow().thumbnail()))
                    .toList()));
            reasons.add("%s | %s | %s -> %s | %s | %.2f | %s"
                    .formatted(
                            scene.sceneType(),
                            scene.title(),
                            photos.get(scene.firstAssetId()).name(),
                            photos.get(scene.lastAssetId()).name(),
                            album.kinship(photos.get(scene.firstAssetId()), photos.get(scene.lastAssetId()))
                                    .orElseThrow(),
                            scene.score(),
                            scene.reason()));
        }
        var name = set.name().replace(' ', '-') + suffix;
        var sheet = printer.print(panels);
        Files.write(
                LEFT_IN.resolve(name + ".jpg"), Base64.getDecoder().decode(sheet.substring(sheet.indexOf(',') + 1)));
        Files.write(LEFT_IN.resolve(name + ".txt"), reasons);
    }

    private StoryboardSelected select(PhotoSet set, boolean useLlm, PhotoViewer eyes) throws InterruptedException {
        return (StoryboardSelected) selection(eyes).answer(set.command(SCENES, useLlm));
    }

    private SelectStoryboard selection(PhotoViewer eyes) {
        var settings = new Binder(new MapConfigurationPropertySource(
                        Map.of("selection.xai.url", sandbox.apiUrl().toString(), "selection.xai.key", "key")))
                .bind("selection.xai", XaiSettings.class)
                .get();
        return new SelectStoryboard(
                new GrokStoryteller(settings, new XaiClient(settings), printer),
                eyes,
                new SelectionSettings(true, Duration.ofSeconds(90)));
    }

    private static Duration time(Callable<?> work) throws Exception {
        var begin = System.nanoTime();
        work.call();
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
