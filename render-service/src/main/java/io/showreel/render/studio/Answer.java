package io.showreel.render.studio;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a call to the provider went, by what it means for us. */
public sealed interface Answer<T> {

    record Success<T>(T value) implements Answer<T> {}

    /**
     * Too many calls: nothing was done.
     *
     * @param perMinute submissions that the account may make for now, if the provider names a rate below the usual
     */
    record Throttled<T>(Duration delay, @Nullable Integer perMinute, String message) implements Answer<T> {}

    /** The account lacks a valid key or credit: nothing was done, and nothing will be until a person acts. */
    record Denied<T>(Denial denial, String message) implements Answer<T> {}

    /** What the account lacks. */
    enum Denial {
        CREDIT,
        KEY
    }

    /** The request itself is refused, and would be again. */
    record Rejected<T>(String message) implements Answer<T> {}

    record Missing<T>(String message) implements Answer<T> {}

    /** The request never left this process. */
    record NotSent<T>(String message) implements Answer<T> {}

    /** It may have been carried out or not. */
    record Ambiguous<T>(String message) implements Answer<T> {}

    /** The same answer with another value; a value that can't be read leaves open what was done. */
    default <R> Answer<R> map(Function<T, R> mapping) {
        return switch (this) {
            case Success<T> success -> {
                try {
                    yield new Success<>(mapping.apply(success.value()));
                } catch (RuntimeException e) {
                    yield new Ambiguous<>("The answer can't be read: " + e.getMessage());
                }
            }
            case Throttled<T> throttled ->
                new Throttled<>(throttled.delay(), throttled.perMinute(), throttled.message());
            case Denied<T> denied -> new Denied<>(denied.denial(), denied.message());
            case Rejected<T> rejected -> new Rejected<>(rejected.message());
            case Missing<T> missing -> new Missing<>(missing.message());
            case NotSent<T> notSent -> new NotSent<>(notSent.message());
            case Ambiguous<T> ambiguous -> new Ambiguous<>(ambiguous.message());
        };
    }
}
