package io.showreel.render.studio;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The provider that is paid for takes. Every method blocks, sends its request once, and leaves trying again to its
 * caller.
 */
public interface Studio {

    /** The one call that costs money. */
    Answer<Prediction> submit(Order order);

    Answer<Prediction> look(String predictionId);

    /** Asks for an end; that it has ended is only known from {@link #look}. */
    Answer<Prediction> cancel(String predictionId);

    /** Puts a frame where the provider can read it, for about an hour. */
    Answer<Upload> upload(Path frame, UUID token);

    /**
     * Reads through all predictions since then, the newest first, until one is wanted.
     *
     * @return a success without a prediction only if the whole list was read
     */
    Answer<Optional<Prediction>> find(Instant since, Predicate<Prediction> wanted);

    /** @param url what a prediction's input calls it */
    record Upload(String id, String url) {}
}
