package io.showreel.messaging.lease;

import io.r2dbc.spi.ConnectionFactory;
import io.showreel.messaging.LeaseWorker;
import io.showreel.messaging.LeasedWork;
import io.showreel.observability.SampledGauge;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcTransactionManagerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;

/** Leased work for each service with a database, and a runner for each {@link LeaseWorker} bean. */
@AutoConfiguration(after = R2dbcTransactionManagerAutoConfiguration.class)
@ConditionalOnBean(ConnectionFactory.class)
@EnableConfigurationProperties(LeaseSettings.class)
class LeaseAutoConfiguration {

    @Bean
    Wakeups messagingWakeups() {
        return new Wakeups();
    }

    @Bean
    LeasedWork leasedWork(DatabaseClient database, Wakeups wakeups) {
        return new R2dbcLeasedWork(database, wakeups);
    }

    @Bean
    SampledGauge dueWork() {
        return new SampledGauge(
                "showreel.work.due",
                "Rows of leased work that are due and that nobody works on",
                "",
                List.of("queue"),
                """
                select queue, count(*) as value from leased_work
                where due_at <= now() and owner is null group by queue
                """);
    }

    @Bean
    LeaseRunners messagingLeaseRunners(
            ObjectProvider<LeaseWorker> workers,
            DatabaseClient database,
            ConnectionFactory connections,
            Wakeups wakeups,
            @Value("${spring.application.name}") String service,
            LeaseSettings settings) {
        var all = workers.stream().toList();
        var presence = presence(all, connections, wakeups, settings);
        // A new owner with each start: a process never takes a lease of its predecessor for its own.
        var owner = presence.signed(service + "-" + UUID.randomUUID());
        return new LeaseRunners(
                presence,
                all.stream()
                        .map(worker -> {
                            var table = new LeaseTable(
                                    database, worker.queue(), owner, worker.lease(), settings.statementTimeout());
                            var runner = new LeaseRunner(worker, table, owner, presence, settings);
                            wakeups.register(worker.queue(), runner::wake);
                            return runner;
                        })
                        .toList());
    }

    private static Presence presence(
            List<LeaseWorker> workers, ConnectionFactory connections, Wakeups wakeups, LeaseSettings settings) {
        var queues = workers.stream()
                .filter(LeaseWorker::endsWithItsOwner)
                .map(LeaseWorker::queue)
                .toList();
        return new Presence(connections, queues, settings.statementTimeout(), wakeups::wake);
    }
}
