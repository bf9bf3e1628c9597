package io.showreel.render.follow;

import io.showreel.objects.ObjectStore;
import io.showreel.objects.ObjectStoreException;
import io.showreel.render.quality.Inspection;
import io.showreel.render.scratch.Scratch;
import io.showreel.render.take.Entry;
import io.showreel.render.take.Fact;
import io.showreel.render.take.Take;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Copies an output into our object store while the provider keeps it; trying again costs nothing. */
@Component
class CopyOutput {

    private static final Logger log = LoggerFactory.getLogger(CopyOutput.class);

    private final Delivery delivery;
    private final ObjectStore objects;
    private final Inspection inspection;
    private final Scratch scratch;
    private final FollowSettings settings;
    private final InstantSource clock;

    CopyOutput(
            Delivery delivery,
            ObjectStore objects,
            Inspection inspection,
            Scratch scratch,
            FollowSettings settings,
            InstantSource clock) {
        this.delivery = delivery;
        this.objects = objects;
        this.inspection = inspection;
        this.scratch = scratch;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @param since when its prediction was first known to have ended
     * @return empty if it has to be tried again
     */
    Optional<Fact> copy(Entry entry, Take.Fetching take, Instant since) throws InterruptedException, IOException {
        try {
            return Optional.of(copy(entry, take));
        } catch (UnusableOutputException e) {
            return failed(entry, take, since.plus(settings.believeUnusableAfter()), e, String.valueOf(e.getMessage()));
        } catch (IOException | ObjectStoreException e) {
            var message = "The output could not be copied: " + e;
            return failed(entry, take, since.plus(settings.outputKeptFor()), e, message);
        }
    }

    private Optional<Fact> failed(Entry entry, Take.Fetching take, Instant until, Exception e, String message) {
        var isLast = take.unwanted() || !clock.instant().isBefore(until);
        log.warn("Take {} could not be copied{}", entry.takeId(), isLast ? "" : ", and will be again", e);
        return isLast ? Optional.of(new Fact.Unusable(take.output(), message)) : Optional.empty();
    }

    /** Ever more seldom, as long as it has failed already; once more when the provider is about to remove it. */
    Instant nextTry(Instant since) {
        var now = clock.instant();
        var seldom = Duration.between(since, now).dividedBy(4);
        var next = now.plus(seldom.compareTo(settings.downloadEvery()) > 0 ? seldom : settings.downloadEvery());
        var last = since.plus(settings.outputKeptFor());
        return next.isAfter(last) ? last : next;
    }

    private Fact copy(Entry entry, Take.Fetching take) throws IOException, InterruptedException {
        var folder = scratch.newFolder();
        try {
            return copy(entry, take, folder.resolve("output"));
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private Fact copy(Entry entry, Take.Fetching take, Path file) throws IOException, InterruptedException {
        delivery.fetch(take.output(), file);
        var kind = MediaKind.of(file)
                .filter(found -> found.suits(entry.input().kind()))
                .orElseThrow(() -> new UnusableOutputException(
                        "The output is no whole " + entry.input().kind().name().toLowerCase(Locale.ROOT)));
        try (var look = inspection.begin(file, entry.input())) {
            var object = objects.keep("takes", file, kind.contentType());
            return new Fact.Kept(object, kind.contentType(), Files.size(file), look.report());
        }
    }
}
