package io.showreel.gateway.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Keeps what was made of jobs at hand. Something is kept only while changes by other replicas are heard, and only if
 * nobody heard of a newer version: an invalidation that overtakes a read would otherwise leave the old one behind.
 *
 * @param <T> made of a job, and knows of which version
 */
public final class NewestOfJobs<T> implements LiveJobs.Listener {

    private static final Duration AT_MOST = Duration.ofSeconds(5);

    private record Making(long jobId, long version, long hearings) {}

    private final Map<Making, Mono<T>> making = new ConcurrentHashMap<>();
    private final Cache<Long, T> kept;
    private final LiveJobs live;
    private final ToLongFunction<T> version;

    /**
     * @param most the weight of all together
     * @param weight in whatever {@code most} is in
     */
    public NewestOfJobs(LiveJobs live, long most, ToIntFunction<T> weight, ToLongFunction<T> version) {
        this.kept = Caffeine.newBuilder()
                .expireAfterWrite(AT_MOST)
                .maximumWeight(most)
                .weigher((Long id, T made) -> weight.applyAsInt(made))
                .build();
        this.live = live;
        this.version = version;
        live.tell(this);
    }

    /** What is at hand and new; null if nothing is. */
    public @Nullable T atHand(long jobId) {
        return live.listening() ? kept.getIfPresent(jobId) : null;
    }

    /**
     * What is at hand and new, or else what is made now; empty if there is no such job. All who ask at once share what is
     * made, if the making began after the last change that was heard of.
     */
    public Mono<T> get(long jobId, LongFunction<Mono<T>> make) {
        return Mono.defer(() -> {
            var found = atHand(jobId);
            return found != null
                    ? Mono.just(found)
                    : making.computeIfAbsent(
                            new Making(jobId, live.newestVersion(jobId), live.hearings()), begun -> make.apply(jobId)
                                    .doOnNext(made -> keep(jobId, made, begun.hearings()))
                                    .doFinally(end -> making.remove(begun))
                                    .cache());
        });
    }

    private void keep(long jobId, T made, long hearings) {
        if (!live.listening() || live.hearings() != hearings) {
            return;
        }
        long of = version.applyAsLong(made);
        kept.asMap()
                .compute(
                        jobId,
                        (id, other) ->
                                of >= live.newestVersion(id) && (other == null || of >= version.applyAsLong(other))
                                        ? made
                                        : other);
    }

    @Override
    public void superseded(long jobId, long newer) {
        kept.asMap().computeIfPresent(jobId, (id, made) -> version.applyAsLong(made) < newer ? null : made);
    }

    @Override
    public void everything() {
        kept.invalidateAll();
    }
}
