package io.showreel.gateway;

import io.showreel.embedded.PostgresServer;
import io.showreel.embedded.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One database and two replicas that all tests share, as they share the broker: replicas over different databases would
 * read each other's jobs.
 */
final class Installation {

    private static final Installation SHARED = new Installation();

    final Neighbourhood neighbours;
    final OtherServices others;
    final RunningGateway gateway;
    final RunningGateway replica;
    private final PostgresServer.Database database;

    private Installation() {
        try {
            neighbours = new Neighbourhood();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database = PostgresServer.shared().createDatabase("gateway");
        gateway = start(Map.of());
        replica = start(Map.of());
        others = new OtherServices();
    }

    static Installation shared() {
        return SHARED;
    }

    /** Another replica, with settings of its own; whoever starts one closes it. */
    RunningGateway start(Map<String, ?> more) {
        return RunningGateway.start(settings(more));
    }

    /** What a replica in a process of its own is started with. */
    List<String> arguments(Map<String, ?> more) {
        return RunningGateway.arguments(settings(more));
    }

    /** Another replica in a process of its own, which ends as soon as it has changed this job. */
    CrashingGateway startCrashing(long job) throws IOException {
        return CrashingGateway.start(arguments(Map.of("crash.job", job)), Path.of("target", "crashing-gateway.log"));
    }

    private Map<String, Object> settings(Map<String, ?> more) {
        var store = S3Server.shared();
        var settings = new HashMap<String, Object>(RunningGateway.settings(database, neighbours.uri()));
        settings.put("showreel.objects.endpoint", store.endpoint());
        settings.put("showreel.objects.access-key", store.accessKey());
        settings.put("showreel.objects.secret-key", store.secretKey());
        // Where tests want to be told is on this machine; any other name of it stays out of reach.
        settings.put("showreel.outbound.allowed-hosts", "localhost");
        settings.put("showreel.webhooks.first-retry", "200ms");
        settings.putAll(more);
        return settings;
    }
}
