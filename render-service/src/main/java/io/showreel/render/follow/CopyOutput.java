package io.showreel.render.follow;

import io.showreel.objects.ObjectStore;
import io.showreel.objects.ObjectStoreException;
import io.showreel.render.take.Entry;
import io.showreel.render.take.Fact;
import io.showreel.render.take.Take;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private final FollowSettings settings;
    private final InstantSource clock;

    CopyOutput(Delivery delivery, ObjectStore objects, FollowSettings settings, InstantSource clock) {
        this.delivery = delivery;
        this.objects = objects;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @param since when its prediction was first known to have ended
     * @return empty if it has to be tried again
     */
    Optional<Fact> copy(Entry entry, Take.Fetching take, Instant since) throws InterruptedException, IOException {
        var folder = Files.createTempDirectory("showreel-output-");
        try {
            return Optional.of(copy(entry, take, folder.resolve("output")));
        } catch (IOException | ObjectStoreException e) {
            var expired = clock.instant().isAfter(since.plus(settings.outputKeptFor()));
            log.warn("Take {} could not be copied{}", entry.takeId(), expired ? " in time" : ", and will be again", e);
            return expired ? Optional.of(new Fact.Unusable("The output could not be copied: " + e)) : Optional.empty();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private Fact copy(Entry entry, Take.Fetching take, Path file) throws IOException, InterruptedException {
        delivery.fetch(take.output(), file);
        var kind = MediaKind.of(file)
                .filter(found -> found.suits(entry.input().kind()))
                .orElseThrow(() -> new IOException(
                        "The output is no whole " + entry.input().kind().name().toLowerCase(Locale.ROOT)));
        var object = objects.keep("takes", file, kind.contentType());
        return new Fact.Kept(object, kind.contentType(), Files.size(file));
    }
}
