package io.showreel.stitch.cutting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaCacheTest {

    @TempDir
    private Path folder;

    @Test
    void what_was_put_can_be_linked_and_survives_its_source() throws IOException {
        var cache = new MediaCache(folder.resolve("cache"), 100);
        var source = file("source", 10);
        cache.put(object(1), source);
        Files.delete(source);

        assertThat(cache.link(object(1), folder.resolve("linked"))).isTrue();
        assertThat(folder.resolve("linked")).hasSize(10);
        assertThat(cache.link(object(2), folder.resolve("absent"))).isFalse();
    }

    @Test
    void what_was_used_least_recently_goes_first_and_stays_with_whoever_uses_it() throws IOException {
        var cache = new MediaCache(folder.resolve("cache"), 25);
        cache.put(object(1), file("1", 10));
        cache.put(object(2), file("2", 10));
        cache.link(object(1), folder.resolve("in-use"));
        age(object(2), 60);
        age(object(1), 30);

        cache.put(object(3), file("3", 10));

        assertThat(cache.link(object(2), folder.resolve("a"))).isFalse();
        assertThat(cache.link(object(1), folder.resolve("b"))).isTrue();
        cache.clear();
        assertThat(cache.link(object(1), folder.resolve("c"))).isFalse();
        assertThat(folder.resolve("in-use")).hasSize(10);
    }

    @Test
    void a_file_larger_than_the_cache_is_not_kept() throws IOException {
        var cache = new MediaCache(folder.resolve("cache"), 25);
        cache.put(object(1), file("1", 10));

        cache.put(object(2), file("2", 26));

        assertThat(cache.link(object(1), folder.resolve("a"))).isTrue();
        assertThat(cache.link(object(2), folder.resolve("b"))).isFalse();
    }

    private void age(URI object, int seconds) throws IOException {
        var cached =
                folder.resolve("cache").resolve("b_takes_" + object.getPath().substring("/takes/".length()));
        Files.setLastModifiedTime(cached, FileTime.from(Instant.now().minusSeconds(seconds)));
    }

    private Path file(String name, int size) throws IOException {
        return Files.write(folder.resolve(name), new byte[size]);
    }

    private static URI object(int number) {
        return URI.create("s3://b/takes/" + number);
    }
}
