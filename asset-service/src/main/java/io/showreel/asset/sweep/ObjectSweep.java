package io.showreel.asset.sweep;

import io.showreel.objects.ObjectNotFoundException;
import io.showreel.objects.ObjectStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Finds objects that no asset refers to and removes them in the end: those of assets that were deleted long ago and that
 * no job uses, and those that a killed process had kept without getting to their row. Blocks.
 */
@Component
class ObjectSweep {

    private static final Logger log = LoggerFactory.getLogger(ObjectSweep.class);
    private static final List<String> PREFIXES = List.of("assets/", "thumbnails/");
    private static final int BATCH = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DoomedObjects doomed;
    private final ObjectStore objects;

    ObjectSweep(DoomedObjects doomed, ObjectStore objects) {
        this.doomed = doomed;
        this.objects = objects;
    }

    /** @return how many objects are gone now */
    int sweep(SweepSettings settings) {
        var forgotten = await(doomed.forgetDeleted(settings.keep()));
        var youngest = Instant.now().minus(settings.keep());
        PREFIXES.forEach(prefix -> markUnused(prefix, youngest));
        int removed = 0;
        for (var object : await(doomed.doomedFor(settings.grace()))) {
            removed += await(doomed.remove(object, () -> objects.delete(object))) ? 1 : 0;
        }
        if (forgotten + removed > 0) {
            log.info("Forgot {} deleted assets and removed {} objects that nobody needs", forgotten, removed);
        }
        return removed;
    }

    private void markUnused(String prefix, Instant youngest) {
        try (var listed = objects.list(prefix)) {
            var batch = new ArrayList<URI>();
            for (var object : (Iterable<URI>) listed::iterator) {
                batch.add(object);
                if (batch.size() == BATCH) {
                    markUnused(batch, youngest);
                    batch.clear();
                }
            }
            markUnused(batch, youngest);
        }
    }

    private void markUnused(List<URI> batch, Instant youngest) {
        for (var object : await(doomed.unused(batch))) {
            if (isOlder(object, youngest)) {
                await(doomed.doom(object).thenReturn(true));
            }
        }
    }

    /** What is young may still be waiting for its row. */
    private boolean isOlder(URI object, Instant youngest) {
        try {
            return !objects.stat(object).lastModified().isAfter(youngest);
        } catch (ObjectNotFoundException e) {
            return false;
        }
    }

    private static <T> T await(Mono<T> answer) {
        return Objects.requireNonNull(answer.block(PATIENCE));
    }
}
