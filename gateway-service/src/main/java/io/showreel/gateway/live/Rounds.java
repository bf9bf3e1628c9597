package io.showreel.gateway.live;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Looks from time to time at the versions of all jobs that somebody waits for, in one query, in case a change was not
 * heard; and at once when listening begins anew.
 */
@Component
class Rounds implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Rounds.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final LiveJobs live;
    private final DatabaseClient database;
    private final Sinks.Many<Long> called = Sinks.many().multicast().directBestEffort();
    private volatile @Nullable Disposable running;

    Rounds(LiveJobs live, DatabaseClient database) {
        this.live = live;
        this.database = database;
    }

    /** Look now, without waiting for it. */
    void begin() {
        called.tryEmitNext(0L);
    }

    private Mono<Void> look() {
        return Mono.defer(() -> {
                    var missing = new HashSet<>(live.waitedFor());
                    return missing.isEmpty() ? Mono.empty() : look(missing);
                })
                .timeout(PERIOD)
                .onErrorResume(trouble -> {
                    log.debug("Nobody looked at the jobs that are waited for: {}", trouble.toString());
                    return Mono.empty();
                });
    }

    private Mono<Void> look(Set<Long> missing) {
        return database.sql("select id, version from job where id = any($1)")
                .bind(0, missing.stream().map(Long::intValue).toArray(Integer[]::new))
                .map(row -> new Change(number(row.get("id")), number(row.get("version"))))
                .all()
                .doOnNext(change -> {
                    missing.remove(change.jobId());
                    live.heard(change);
                })
                .doOnComplete(() -> missing.forEach(live::gone))
                .then();
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    @Override
    public void start() {
        running = Flux.merge(Flux.interval(PERIOD).onBackpressureDrop(), called.asFlux())
                .onBackpressureLatest()
                .concatMap(turn -> look(), 1)
                .subscribe();
    }

    @Override
    public void stop() {
        var rounds = running;
        if (rounds != null) {
            rounds.dispose();
            running = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
