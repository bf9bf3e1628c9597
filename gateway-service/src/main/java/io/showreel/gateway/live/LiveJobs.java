package io.showreel.gateway.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.showreel.gateway.job.JobChanges;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * What this replica knows of the versions of jobs, from its own commits and from those of the others. Whoever waits for
 * a job is woken here; whoever caches one asks here whether a version is the newest.
 */
@Component
public class LiveJobs implements JobChanges {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final int MOST = 100_000;

    private final Cache<Long, Long> newest =
            Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MOST).build();
    private final Map<Long, Set<FluxSink<Long>>> waiting = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Broadcast broadcast;
    private volatile boolean listening;
    private volatile long hearings;

    LiveJobs(Broadcast broadcast) {
        this.broadcast = broadcast;
    }

    /** Hears what makes cached versions worthless. */
    public interface Listener {
        void superseded(long jobId, long version);

        /** Anything may have happened meanwhile. */
        void everything();
    }

    public void tell(Listener listener) {
        listeners.add(listener);
    }

    /** Whether changes by other replicas are heard at all; nothing should be cached otherwise. */
    public boolean listening() {
        return listening;
    }

    /** Changes each time that listening began anew: what was read before that may miss a change. */
    public long hearings() {
        return hearings;
    }

    public long newestVersion(long jobId) {
        return Objects.requireNonNullElse(newest.getIfPresent(jobId), 0L);
    }

    /**
     * The newest version of a job that is known now, 0 if none is, and then those that become known; 0 when the job is
     * gone. Whoever looks after each sees every change.
     */
    public Flux<Long> versions(long jobId) {
        return Flux.<Long>create(
                sink -> {
                    waiting.compute(jobId, (id, sinks) -> {
                        var present = sinks == null ? ConcurrentHashMap.<FluxSink<Long>>newKeySet() : sinks;
                        present.add(sink);
                        return present;
                    });
                    sink.next(newestVersion(jobId));
                    sink.onDispose(() -> waiting.computeIfPresent(jobId, (id, sinks) -> {
                        sinks.remove(sink);
                        return sinks.isEmpty() ? null : sinks;
                    }));
                },
                FluxSink.OverflowStrategy.LATEST);
    }

    @Override
    public void changed(long jobId, long version) {
        if (learn(new Change(jobId, version))) {
            broadcast.say(new Change(jobId, version));
        }
    }

    void heard(Change change) {
        learn(change);
    }

    private boolean learn(Change change) {
        var news = new boolean[1];
        newest.asMap().compute(change.jobId(), (id, known) -> {
            news[0] = known == null || known < change.version();
            return news[0] ? Long.valueOf(change.version()) : known;
        });
        if (news[0]) {
            listeners.forEach(listener -> listener.superseded(change.jobId(), change.version()));
            waiting.getOrDefault(change.jobId(), Set.of()).forEach(sink -> sink.next(change.version()));
        }
        return news[0];
    }

    /** The jobs that somebody waits for. */
    Set<Long> waitedFor() {
        return Set.copyOf(waiting.keySet());
    }

    /** Wakes those who wait for a job that is not there any more. */
    void gone(long jobId) {
        waiting.getOrDefault(jobId, Set.of()).forEach(sink -> sink.next(0L));
    }

    /** From now on; what changed before may have been missed. */
    void listeningAgain() {
        hearings++;
        listeners.forEach(Listener::everything);
        listening = true;
    }

    void deaf() {
        listening = false;
        listeners.forEach(Listener::everything);
    }
}
