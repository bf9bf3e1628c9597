package io.showreel.selection.storyboard.grok;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.showreel.contracts.job.JobCommand.Photo;
import io.showreel.contracts.storyboard.StoryboardEvent.Origin;
import io.showreel.contracts.storyboard.StoryboardEvent.StoryboardSelected;
import io.showreel.embedded.S3Server;
import io.showreel.objects.ObjectStoreSettings;
import io.showreel.objects.minio.MinioObjectStore;
import io.showreel.sandbox.Sandbox;
import io.showreel.sandbox.Settings;
import io.showreel.selection.photo.SamplePhotos;
import io.showreel.selection.photo.sheet.Printers;
import io.showreel.selection.photo.store.Viewers;
import io.showreel.selection.storyboard.Campaigns;
import io.showreel.selection.storyboard.SelectStoryboard;
import io.showreel.selection.storyboard.SelectionSettings;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.JsonNode;

/** The most photos that come in at once, from the object store to the storyboard. */
class FiveHundredPhotosTest {

    private static final int PLACES = 25;
    private static final int PHOTOS_OF_EACH = 20;

    @TempDir
    private Path folder;

    /** What Grok was asked, in order. */
    private final Queue<JsonNode> asked = new ConcurrentLinkedQueue<>();

    @Test
    void grok_sees_all_places_first_and_then_the_best_ten_of_them_at_most() throws Exception {
        try (var sandbox = Sandbox.start(Settings.in(Files.createDirectory(folder.resolve("sandbox")))
                        .withKeys(Set.of("key")));
                var http = HttpClient.newHttpClient();
                var store = store()) {
            var between = between(http, sandbox.apiUrl());
            try {
                var photos = photos(store);

                var answer = selection(between, store).answer(Campaigns.asking(photos, 7));

                var storyboard = (StoryboardSelected) answer;
                assertThat(storyboard.origin()).as(storyboard.effort().note()).isEqualTo(Origin.MODEL);
                assertThat(asked).as("two passes").hasSize(2).allSatisfy(call -> assertThat(images(call))
                        .isBetween(1L, 10L));
                var names = photos.stream().collect(Collectors.toMap(Photo::assetId, Photo::name));
                assertThat(storyboard.scenes()).hasSize(7).allSatisfy(scene -> assertThat(
                                place(names, scene.firstAssetId()))
                        .isEqualTo(place(names, scene.lastAssetId())));
            } finally {
                between.stop(0);
            }
        }
    }

    private static String place(Map<UUID, String> names, UUID photo) {
        return names.get(photo).replaceAll(" \\d+$", "");
    }

    private static long images(JsonNode call) {
        return call.findParents("image_url").stream()
                .filter(part -> "image_url".equals(part.path("type").stringValue("")))
                .count();
    }

    private static SelectStoryboard selection(HttpServer between, MinioObjectStore store) {
        var settings = new Binder(new MapConfigurationPropertySource(Map.of(
                        "selection.xai.key",
                        "key",
                        "selection.xai.url",
                        "http://localhost:" + between.getAddress().getPort())))
                .bind("selection.xai", XaiSettings.class)
                .get();
        return new SelectStoryboard(
                new GrokStoryteller(settings, new XaiClient(settings), Printers.contactSheets()),
                Viewers.over(store),
                new SelectionSettings(true, Duration.ofSeconds(90)));
    }

    private static MinioObjectStore store() {
        var s3 = S3Server.shared();
        return new MinioObjectStore(new ObjectStoreSettings(
                s3.endpoint(),
                s3.accessKey(),
                s3.secretKey(),
                "showreel",
                "us-east-1",
                Duration.ofSeconds(5),
                Duration.ofSeconds(30)));
    }

    private List<Photo> photos(MinioObjectStore store) {
        var photos = new ArrayList<Photo>();
        for (int place = 0; place < PLACES; place++) {
            var view = view(new Random(place));
            for (int n = 1; n <= PHOTOS_OF_EACH; n++) {
                var name = "Place %c %d".formatted('A' + place, n);
                var file =
                        SamplePhotos.written(view.getSubimage(8 * n, 4 * n, 640, 360), 0.8f, folder.resolve("p.jpg"));
                var object = store.keep("assets", file, "image/jpeg");
                photos.add(new Photo(
                        UUID.nameUUIDFromBytes(name.getBytes(UTF_8)), name, List.of(), null, object, 640, 360));
            }
        }
        return photos;
    }

    /** Coloured patches: enough to tell places apart, and where in one a photo was taken. */
    private static BufferedImage view(Random dice) {
        var image = new BufferedImage(840, 480, BufferedImage.TYPE_INT_RGB);
        var canvas = image.createGraphics();
        for (int patch = 0; patch < 60; patch++) {
            canvas.setColor(new Color(dice.nextInt(0x1000000)));
            canvas.fillRect(dice.nextInt(800), dice.nextInt(450), 20 + dice.nextInt(200), 20 + dice.nextInt(150));
        }
        canvas.dispose();
        return image;
    }

    /** Hears what Grok is asked, and asks the sandbox's. */
    private HttpServer between(HttpClient http, URI grok) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                var body = exchange.getRequestBody().readAllBytes();
                asked.add(XaiClient.JSON.readTree(body));
                answer(exchange, http, grok, body);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange, HttpClient http, URI grok, byte[] body)
            throws IOException, InterruptedException {
        var headers = exchange.getRequestHeaders();
        var answer = http.send(
                HttpRequest.newBuilder(
                                URI.create(grok + exchange.getRequestURI().getPath()))
                        .header("Authorization", headers.getFirst("Authorization"))
                        .header("Content-Type", headers.getFirst("Content-Type"))
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }
}
