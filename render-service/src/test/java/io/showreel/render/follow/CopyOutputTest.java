package io.showreel.render.follow;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.showreel.contracts.scene.SceneRequest.TakeInput;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.objects.ObjectStore;
import io.showreel.objects.StoredObject;
import io.showreel.render.quality.InspectionFixture;
import io.showreel.render.scratch.ScratchFixture;
import io.showreel.render.take.Entry;
import io.showreel.render.take.Fact;
import io.showreel.render.take.Take;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CopyOutputTest {

    private static final Instant ENDED = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    private Path folder;

    private final AtomicInteger downloads = new AtomicInteger();
    private final FollowSettings settings = settings();
    private HttpServer server;
    private Instant now = ENDED;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.createContext("/page", exchange -> {
            downloads.incrementAndGet();
            var page = "<html>no film</html>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.createContext("/busy", exchange -> {
            downloads.incrementAndGet();
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void what_is_no_clip_is_fetched_again_for_minutes_before_that_is_believed() throws Exception {
        now = ENDED.plus(settings.believeUnusableAfter()).minusMillis(1);
        assertThat(copy("/page", false)).isEmpty();
        now = ENDED.plus(settings.believeUnusableAfter());
        assertThat(copy("/page", false)).containsInstanceOf(Fact.Unusable.class);
        assertThat(downloads).hasValue(2);
    }

    @Test
    void what_may_come_yet_is_tried_again_later() throws Exception {
        assertThat(copy("/busy", false)).isEmpty();
        assertThat(downloads).hasValue(1);
    }

    @Test
    void what_nobody_wants_is_tried_once() throws Exception {
        assertThat(copy("/busy", true)).containsInstanceOf(Fact.Unusable.class);
        assertThat(downloads).hasValue(1);
        assertThat(copy("/page", true)).containsInstanceOf(Fact.Unusable.class);
        assertThat(downloads).hasValue(2);
    }

    @Test
    void the_last_try_comes_no_later_than_the_provider_keeps_it() throws Exception {
        now = ENDED.plus(Duration.ofMinutes(50));
        assertThat(copying().nextTry(ENDED)).isEqualTo(ENDED.plus(settings.outputKeptFor()));

        now = ENDED.plus(settings.outputKeptFor());
        assertThat(copy("/busy", false)).containsInstanceOf(Fact.Unusable.class);
    }

    @Test
    void nothing_is_left_on_disk() throws Exception {
        copy("/page", false);
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).map(Path::getFileName).map(Path::toString))
                    .noneMatch(name -> name.equals("output"));
        }
    }

    private Optional<Fact> copy(String path, boolean unwanted) throws Exception {
        var output = URI.create("http://localhost:" + server.getAddress().getPort() + path);
        var take = new Take.Fetching(List.of(), output, unwanted);
        var input = new TakeInput(
                TakeKind.CLIP, "any/model", "a beach", null, null, Duration.ofSeconds(4), "16:9", Map.of());
        return copying().copy(new Entry(UUID.randomUUID(), 1, 1, "default", input, take), take, ENDED);
    }

    private CopyOutput copying() throws Exception {
        return new CopyOutput(
                new Delivery(settings),
                new NoStore(),
                InspectionFixture.with("ffmpeg", Duration.ofSeconds(1), folder),
                ScratchFixture.in(folder),
                settings,
                () -> now);
    }

    private static FollowSettings settings() {
        var source = Map.of(
                "showreel.follow.delivery-hosts", "localhost",
                "showreel.follow.download-every", "1ms");
        return new Binder(new MapConfigurationPropertySource(source))
                .bindOrCreate("showreel.follow", FollowSettings.class);
    }

    /** Nothing in these tests is worth keeping. */
    private static final class NoStore implements ObjectStore {
        @Override
        public URI keep(String prefix, Path file, String contentType) {
            throw new UnsupportedOperationException();
        }

        @Override
        public StoredObject stat(URI object) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void fetch(URI object, Path into) {
            throw new UnsupportedOperationException();
        }

        @Override
        public InputStream open(URI object, long offset, long length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public URI presign(URI object, Duration validity) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(URI object) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Stream<URI> list(String prefix) {
            throw new UnsupportedOperationException();
        }
    }
}
