package io.showreel.gateway.live;

import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Result;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Hears of the changes that other replicas made. A connection that is silent need not be a healthy one, so it is asked
 * for a sign of life; and whenever listening begins anew, anything may have been missed.
 */
@Component
class Hearing implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Hearing.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final OwnConnections connections;
    private final LiveJobs live;
    private final Rounds rounds;
    private volatile @Nullable Disposable hearing;

    Hearing(OwnConnections connections, LiveJobs live, Rounds rounds) {
        this.connections = connections;
        this.live = live;
        this.rounds = rounds;
    }

    private Mono<Void> listen() {
        return Flux.usingWhen(
                        connect(),
                        this::notifications,
                        connection -> connection.close().timeout(PATIENCE).onErrorComplete())
                .doOnNext(notification -> hear(notification.getParameter()))
                // A server that ends the stream politely is away all the same.
                .concatWith(Mono.error(() -> new IllegalStateException("The server ended the connection")))
                .doOnError(trouble -> {
                    if (live.listening()) {
                        log.warn("Changes by other replicas are not heard, trying again: {}", trouble.toString());
                    }
                    live.deaf();
                })
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, PAUSE))
                .then();
    }

    private Mono<PostgresqlConnection> connect() {
        return Mono.from(connections.factory().create())
                .cast(PostgresqlConnection.class)
                .timeout(Duration.ofSeconds(5));
    }

    private Flux<Notification> notifications(PostgresqlConnection connection) {
        return connection
                .createStatement("listen " + Broadcast.CHANNEL)
                .execute()
                .flatMap(Result::getRowsUpdated)
                .then()
                .timeout(PATIENCE)
                .thenMany(Flux.defer(() -> {
                    live.listeningAgain();
                    rounds.begin();
                    return Flux.merge(connection.getNotifications(), heartbeat(connection));
                }));
    }

    private static Flux<Notification> heartbeat(PostgresqlConnection connection) {
        return Flux.interval(HEARTBEAT)
                .onBackpressureDrop()
                .concatMap(beat -> connection
                        .createStatement("select 1")
                        .execute()
                        .flatMap(result -> result.map((row, metadata) -> row))
                        .then()
                        .timeout(PATIENCE, Mono.error(() -> new TimeoutException("No sign of life"))))
                .thenMany(Flux.never());
    }

    private void hear(@Nullable String text) {
        if (text != null) {
            Change.parse(text).ifPresent(live::heard);
        }
    }

    @Override
    public void start() {
        hearing = listen().subscribe();
    }

    @Override
    public void stop() {
        var running = hearing;
        if (running != null) {
            running.dispose();
            hearing = null;
        }
    }

    @Override
    public boolean isRunning() {
        return hearing != null;
    }
}
