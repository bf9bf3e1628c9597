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

        var files = Mono.zip(shelf.find(film("a")), shelf.find(film("a"))).block();
        shelf.find(film("a")).block();

        assertThat(files.getT1()).isEqualTo(files.getT2());
        assertThat(((Shelf.Held) files.getT1()).file()).hasSize(10);
        assertThat(store.fetched).hasSize(1);
    }

    @Test
    void the_least_recently_asked_for_makes_room() {
        var shelf = shelf();
        for (var name : List.of("a", "b", "c")) {
            shelf.find(film(name)).block();
        }
        shelf.find(film("a")).block();

        shelf.find(film("d")).block();

        assertThat(folder).isDirectoryContaining("glob:**/a.mp4").isDirectoryContaining("glob:**/d.mp4");
        assertThat(folder).isDirectoryNotContaining("glob:**/b.mp4");
        shelf.find(film("b")).block();
        assertThat(store.fetched).containsExactly("a", "b", "c", "d", "b");
    }

    @Test
    void making_room_leaves_what_is_being_fetched_alone() throws IOException {
        var shelf = shelf();
        var unfinished = Files.write(folder.resolve("other.mp4.part"), new byte[20]);
        Files.setLastModifiedTime(unfinished, FileTime.from(Instant.EPOCH));
        for (var name : List.of("a", "b")) {
            shelf.find(film(name)).block();
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
    void a_film_that_had_to_make_room_the_moment_it_came_is_fetched_again() {
        var shelf = shelf();

        var size = shelf.find(film("a"))
                .flatMap(found -> Mono.fromCallable(() -> {
                            Files.delete(((Shelf.Held) found).file());
                            return found;
                        })
                        .then(shelf.use(
                                film("a"), again -> Mono.fromCallable(() -> Files.size(((Shelf.Held) again).file())))))
                .block();

        assertThat(size).isEqualTo(10);
        assertThat(store.fetched).containsExactly("a", "a");
    }

    @Test
    void a_film_that_had_to_make_room_just_before_it_was_opened_is_fetched_again_once() {
        var shelf = shelf();
        shelf.find(film("a")).block();
        var opened = new AtomicInteger();

        var size = shelf.use(
                        film("a"),
                        found -> Mono.fromCallable(() -> {
                            var file = ((Shelf.Held) found).file();
                            if (opened.incrementAndGet() == 1) {
                                Files.delete(file);
                            }
                            return Files.size(file);
                        }))
                .block();

        assertThat(size).isEqualTo(10);
        assertThat(store.fetched).containsExactly("a", "a");
        var never = shelf.use(film("a"), found -> Mono.error(new NoSuchFileException("a")));
        assertThatThrownBy(never::block).hasRootCauseInstanceOf(NoSuchFileException.class);
    }

    @Test
    void a_film_that_is_larger_than_the_shelf_stays_where_it_is() {
        var found = shelf(9).find(film("a")).block();

        assertThat(found).isEqualTo(new Shelf.Elsewhere(10, Instant.EPOCH));
        assertThat(store.fetched).isEmpty();
    }

    @Test
    void what_an_earlier_process_fetched_is_found_with_the_time_of_its_object() {
        shelf().find(film("a")).block();

        var found = shelf().find(film("a")).block();

        assertThat(store.fetched).hasSize(1);
        assertThat(found.size()).isEqualTo(10);
        assertThat(found.lastModified()).isEqualTo(Instant.EPOCH);
    }

    private Shelf shelf() {
        return shelf(30);
    }

    private Shelf shelf(long most) {
        var settings =
                new FilmSettings(FilmSettings.Delivery.STREAM, Duration.ofHours(1), folder, DataSize.ofBytes(most));
        return new Shelf(store, settings, clock);
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
