package io.showreel.gateway.live;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tells the other replicas of changes. After the commit, many at once and on a connection that does not wait for the
 * disk: a NOTIFY inside the jobs' own transactions would hold the server-wide lock of notifications across their flush.
 * One that gets lost is healed by whoever waits, since they look for themselves from time to time.
 */
@Component
class Broadcast implements SmartLifecycle {

    static final String CHANNEL = "job";

    private static final Logger log = LoggerFactory.getLogger(Broadcast.class);
    private static final Duration GATHERING = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int MOST = 100_000;

    private final OwnConnections connections;
    private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>(MOST);
    private volatile @Nullable Thread thread;

    Broadcast(OwnConnections connections) {
        this.connections = connections;
    }

    void say(Change change) {
        if (!changes.offer(change)) {
            log.debug("Too many changes to tell of; the others will see {} a little later", change);
        }
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            Connection connection = null;
            try {
                connection = Mono.from(connections.factory().create()).block(PATIENCE);
                if (connection != null) {
                    execute(connection, "set synchronous_commit = off");
                    tellUntilInterrupted(connection);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.warn("Other replicas hear of changes late, trying again: {}", e.toString());
            } finally {
                close(connection);
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void tellUntilInterrupted(Connection connection) throws InterruptedException {
        while (true) {
            var newest = new LinkedHashMap<Long, Change>();
            var first = changes.take();
            newest.put(first.jobId(), first);
            Thread.sleep(GATHERING);
            for (var next = changes.poll(); next != null; next = changes.poll()) {
                newest.merge(next.jobId(), next, (one, other) -> one.version() > other.version() ? one : other);
            }
            var texts = newest.values().stream().map(Change::text).toArray(String[]::new);
            Flux.from(connection
                            .createStatement("select pg_notify('" + CHANNEL + "', x) from unnest($1::text[]) x")
                            .bind(0, texts)
                            .execute())
                    .flatMap(Result::getRowsUpdated)
                    .then()
                    .block(PATIENCE);
        }
    }

    private static void execute(Connection connection, String sql) {
        Flux.from(connection.createStatement(sql).execute())
                .flatMap(Result::getRowsUpdated)
                .then()
                .block(PATIENCE);
    }

    private static void close(@Nullable Connection connection) {
        if (connection != null) {
            Mono.from(connection.close()).onErrorComplete().subscribe();
        }
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("job-broadcast").start(this::run);
    }

    @Override
    public void stop() {
        var running = thread;
        if (running != null) {
            running.interrupt();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
