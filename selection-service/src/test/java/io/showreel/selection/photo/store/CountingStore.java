package io.showreel.selection.photo.store;

import io.showreel.objects.ObjectStore;
import io.showreel.objects.StoredObject;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Another store that counts how often it is asked for a photo, and how many at a time. */
final class CountingStore implements ObjectStore {

    private final ObjectStore store;
    private final AtomicInteger now = new AtomicInteger();
    final AtomicInteger fetched = new AtomicInteger();
    final AtomicInteger atATime = new AtomicInteger();

    CountingStore(ObjectStore store) {
        this.store = store;
    }

    @Override
    public void fetch(URI object, Path into) {
        fetched.incrementAndGet();
        atATime.accumulateAndGet(now.incrementAndGet(), Math::max);
        try {
            store.fetch(object, into);
        } finally {
            now.decrementAndGet();
        }
    }

    @Override
    public URI keep(String prefix, Path file, String contentType) {
        return store.keep(prefix, file, contentType);
    }

    @Override
    public StoredObject stat(URI object) {
        return store.stat(object);
    }

    @Override
    public InputStream open(URI object, long offset, long length) {
        return store.open(object, offset, length);
    }

    @Override
    public URI presign(URI object, Duration validity) {
        return store.presign(object, validity);
    }

    @Override
    public void delete(URI object) {
        store.delete(object);
    }

    @Override
    public Stream<URI> list(String prefix) {
        return store.list(prefix);
    }
}
