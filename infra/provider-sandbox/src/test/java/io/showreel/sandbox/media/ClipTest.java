package io.showreel.sandbox.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.sandbox.Client;
import io.showreel.sandbox.Json;
import io.showreel.sandbox.Photos;
import io.showreel.sandbox.Photos.Motif;
import io.showreel.sandbox.Sandbox;
import io.showreel.sandbox.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class ClipTest {
    @TempDir
    Path home;

    private Sandbox sandbox;
    private Client client;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(Settings.in(home).withRendering(Rendering.DEFAULT.withClipScale(0.25)));
        client = new Client(sandbox.apiUrl());
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void a_clip_leads_from_the_first_photo_to_the_last() throws IOException {
        var first = Photos.photo(home, Motif.BARS, 640, 360);
        var last = Photos.photo(home, Motif.FRACTAL, 640, 360);

        var clip = clip(Json.object()
                .put("prompt", "p")
                .put("duration", 4)
                .put("resolution", "720p")
                .put("generate_audio", false)
                .put("image", address(first))
                .put("last_frame", address(last)));

        assertThat(Photos.likeness(clip, 0, first, 320, 180)).isGreaterThan(0.95);
        assertThat(Photos.likeness(clip, 95, last, 320, 180)).isGreaterThan(0.95);
        assertThat(Photos.likeness(clip, 0, last, 320, 180)).isLessThan(0.7);
        assertThat(Photos.likeness(clip, 48, first, 320, 180)).isLessThan(0.9);
    }

    @Test
    void a_clip_is_encoded_as_providers_encode() throws IOException {
        var first = address(Photos.photo(home, Motif.BARS, 640, 360));

        var clip = clip(Json.object()
                .put("prompt", "p")
                .put("duration", 6)
                .put("resolution", "720p")
                .put("generate_audio", false)
                .put("image", first));

        var packets = Photos.packets(clip);
        assertThat(packets)
                .contains("#tb 0: 1/12288", "#codec_id 0: h264", "#dimensions 0: 320x180")
                .noneMatch(line -> line.contains("audio"));
        assertThat(Photos.frames(clip, false)).isEqualTo(144);
        assertThat(Photos.frames(clip, true)).isEqualTo(1);
        var times = pictureTimes(clip);
        assertThat(times)
                .as("B-frames are stored out of order")
                .isNotEqualTo(times.stream().sorted().toList());
    }

    @Test
    void the_ratio_and_the_sound_are_as_asked() throws IOException {
        var first = address(Photos.photo(home, Motif.FRACTAL, 640, 360));

        var clip = clip(Json.object()
                .put("prompt", "p")
                .put("duration", 4)
                .put("resolution", "1080p")
                .put("aspect_ratio", "9:16")
                .put("generate_audio", true)
                .put("image", first));

        assertThat(Photos.packets(clip)).contains("#dimensions 0: 270x480", "#codec_id 1: aac");
        assertThat(Photos.frames(clip, false)).isEqualTo(96);
    }

    @Test
    void some_models_follow_the_shape_of_their_first_frame() throws IOException {
        var first = address(Photos.photo(home, Motif.BARS, 600, 800));

        var ended = run(
                "bytedance/seedance-1-pro",
                Json.object()
                        .put("prompt", "p")
                        .put("duration", 2)
                        .put("resolution", "480p")
                        .put("image", first));

        var clip = Client.download(ended.text("output"), home.resolve("clip.mp4"));
        assertThat(Photos.packets(clip)).contains("#dimensions 0: 120x160");
        assertThat(Photos.frames(clip, false)).isEqualTo(48);
    }

    @Test
    void frames_may_come_as_data() throws IOException {
        var photo = Photos.photo(home, Motif.BARS, 640, 360);
        var data = "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(Files.readAllBytes(photo));

        assertThat(run("google/veo-3-fast", Json.object().put("prompt", "p").put("image", data))
                        .text("status"))
                .isEqualTo("succeeded");
    }

    @Test
    void without_photos_there_is_a_clip_all_the_same() throws IOException {
        var clip = clip(Json.object().put("prompt", "p").put("duration", 4).put("resolution", "720p"));

        assertThat(Photos.frames(clip, false)).isEqualTo(96);
    }

    @Test
    void a_frame_that_cannot_be_fetched_fails_the_prediction_and_not_the_create() {
        var ended = run(
                "google/veo-3.1-fast",
                Json.object().put("prompt", "p").put("image", sandbox.deliveryUrl() + "/nothing.jpg"));

        assertThat(ended.text("status")).isEqualTo("failed");
        assertThat(ended.text("error")).startsWith("Could not load image: HTTP Error 404");
        assertThat(sandbox.ledger().getFirst().charged()).isFalse();
    }

    @Test
    void a_frame_that_is_no_image_fails_the_prediction() throws IOException {
        var text = Files.writeString(home.resolve("text.jpg"), "this is no image at all".repeat(100));

        var ended = run("google/veo-3.1-fast", Json.object().put("prompt", "p").put("image", address(text)));

        assertThat(ended.text("error")).isEqualTo("cannot identify image file 'image'");
    }

    @Test
    void a_frame_that_is_too_small_for_the_model_fails_the_prediction() {
        var small = Photos.photo(home, Motif.BARS, 320, 240);

        var ended = run("minimax/hailuo-02", Json.object().put("prompt", "p").put("first_frame_image", address(small)));

        assertThat(ended.text("error")).contains("300 px");
    }

    @Test
    void rendering_happens_while_the_latency_lasts() {
        sandbox.close();
        sandbox = Sandbox.start(Settings.in(home)
                .withRendering(Rendering.DEFAULT.withClipScale(0.25))
                .withTiming(Settings.in(home).timing().withLatency(Duration.ofMinutes(5), Duration.ofMinutes(5))));
        client = new Client(sandbox.apiUrl());

        var id = client.create(
                        "google/veo-3.1-fast", Json.object().put("prompt", "p").put("duration", 4))
                .text("id");

        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(home.resolve("cache"))
                .isNotEmptyDirectory());
        assertThat(client.get("/predictions/" + id).text("status")).isEqualTo("processing");
    }

    @Test
    void music_and_speech_sound_as_long_as_asked() throws IOException {
        var music = run(
                "stability-ai/stable-audio-2.5",
                Json.object().put("prompt", "calm").put("duration", 12));
        var speech = run(
                "minimax/speech-02-turbo",
                Json.object().put("text", "Welcome to the mountains. Breathe in, and stay a while."));

        var tune = Client.download(music.text("output"), home.resolve("tune.mp3"));
        var voice = Client.download(speech.text("output"), home.resolve("voice.mp3"));
        assertThat(seconds(tune)).isBetween(11.9, 12.2);
        assertThat(seconds(voice)).isBetween(2.0, 8.0);
        assertThat(loudness(tune)).isBetween(-35.0, -8.0);
        assertThat(loudness(voice)).isBetween(-40.0, -8.0);
    }

    private Path clip(ObjectNode input) throws IOException {
        var ended = run("google/veo-3.1-fast", input);
        assertThat(ended.text("status")).as(ended.text("error")).isEqualTo("succeeded");
        return Client.download(ended.text("output"), home.resolve("clip.mp4"));
    }

    private Client.Answer run(String model, ObjectNode input) {
        var created = client.create(model, input);
        assertThat(created.status()).as(created.text("detail")).isEqualTo(201);
        return client.awaitEnd(created.text("id"));
    }

    private String address(Path file) {
        return client.upload(file, file.getFileName().toString(), "{}")
                .body()
                .at("/urls/get")
                .asString();
    }

    private static List<Long> pictureTimes(Path clip) {
        return Photos.packets(clip).stream()
                .filter(line -> line.startsWith("0,"))
                .map(line -> Long.valueOf(line.split(",")[2].strip()))
                .toList();
    }

    private static double seconds(Path sound) {
        var last = Photos.run("-i", sound.toString(), "-f", "framecrc", "-")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .reduce("", (first, second) -> second)
                .split(",");
        var rate = Photos.run("-i", sound.toString(), "-f", "framecrc", "-")
                .lines()
                .filter(line -> line.startsWith("#sample_rate"))
                .findFirst()
                .orElseThrow()
                .split(" ")[2];
        return (Long.parseLong(last[2].strip()) + Long.parseLong(last[3].strip())) / Double.parseDouble(rate);
    }

    private static double loudness(Path sound) {
        var said = Photos.run("-v", "info", "-i", sound.toString(), "-af", "volumedetect", "-f", "null", "-");
        var matcher = Pattern.compile("mean_volume: (-?[0-9.]+) dB").matcher(said);
        assertThat(matcher.find()).as(said).isTrue();
        return Double.parseDouble(matcher.group(1));
    }
}
