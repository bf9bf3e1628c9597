package io.showreel.gateway.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.showreel.objects.ObjectStore;
import io.showreel.objects.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

class ShelfTest {

    @TempDir
    private Path folder;

    private final Tenths store = new Tenths();
    private final Ticking clock = new Ticking();

    @Test
    void a_film_is_fetched_once_however_many_ask_for_it() {
        var shelf = shelf();

        var files = Mono.zip(shelf.file(film("a")), shelf.file(film("a"))).block();
        shelf.file(film("a")).block();

        assertThat(files.getT1()).isEqualTo(files.getT2()).hasSize(10);
        assertThat(store.fetched).hasSize(1);
    }

    @Test
    void the_least_recently_asked_for_makes_room() {
        var shelf = shelf();
        for (var name : List.of("a", "b", "c")) {
            shelf.file(film(name)).block();
        }
        shelf.file(film("a")).block();

        shelf.file(film("d")).block();

        assertThat(folder).isDirectoryContaining("glob:**/a.mp4").isDirectoryContaining("glob:**/d.mp4");
        assertThat(folder).isDirectoryNotContaining("glob:**/b.mp4");
        shelf.file(film("b")).block();
        assertThat(store.fetched).containsExactly("a", "b", "c", "d", "b");
    }

    @Test
    void making_room_leaves_what_is_being_fetched_alone() throws IOException {
        var shelf = shelf();
        var unfinished = Files.write(folder.resolve("other.mp4.part"), new byte[20]);
        Files.setLastModifiedTime(unfinished, FileTime.from(Instant.EPOCH));
        for (var name : List.of("a", "b")) {
            shelf.file(film(name)).block();
        }

        assertThat(unfinished).exists();
        assertThat(folder).isDirectoryNotContaining("glob:**/a.mp4");
    }

    @Test
    void what_was_left_unfinished_is_removed_at_the_start() throws IOException {
        var unfinished = Files.write(folder.resolve("a.mp4.part"), new byte[20]);

        shelf();

        assertThat(unfinished).doesNotExist();
    }

    @Test
    void a_film_that_had_to_make_room_just_before_it_was_opened_is_fetched_again_once() {
        var shelf = shelf();
        shelf.file(film("a")).block();
        var opened = new AtomicInteger();

        var size = shelf.use(
                        film("a"),
                        file -> Mono.fromCallable(() -> {
                            if (opened.incrementAndGet() == 1) {
                                Files.delete(file);
                            }
                            return Files.size(file);
                        }))
                .block();

        assertThat(size).isEqualTo(10);
        assertThat(store.fetched).containsExactly("a", "a");
        var never = shelf.use(film("a"), file -> Mono.error(new NoSuchFileException("a")));
        assertThatThrownBy(never::block).hasRootCauseInstanceOf(NoSuchFileException.class);
    }

    private Shelf shelf() {
        return new Shelf(store, new FilmSettings(folder, DataSize.ofBytes(30)), clock);
    }

    private static URI film(String name) {
        return URI.create("s3://showreel/films/" + name + ".mp4");
    }

    /** Every look at it is a second later. */
    private static final class Ticking extends Clock {
        private Instant now = Instant.now();

        @Override
        public synchronized Instant instant() {
            now = now.plus(Duration.ofSeconds(1));
            return now;
        }

        @Override
        public ZoneId getZone() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    /** Holds every object that it is asked for; each has ten bytes. */
    private static final class Tenths implements ObjectStore {
        private final List<String> fetched = new CopyOnWriteArrayList<>();

        @Override
        public StoredObject stat(URI object) {
            return new StoredObject(object, 10, "video/mp4", "etag", Instant.EPOCH);
        }

        @Override
        public void fetch(URI object, Path into) {
            fetched.add(into.getFileName().toString().replace(".mp4", ""));
            try {
                Files.write(into, new byte[10]);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public URI keep(String prefix, Path file, String contentType) {
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
