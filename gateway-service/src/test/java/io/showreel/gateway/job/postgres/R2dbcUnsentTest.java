package io.showreel.gateway.job.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.showreel.embedded.PostgresServer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.r2dbc.connection.init.ResourceDatabasePopulator;
import org.springframework.r2dbc.core.DatabaseClient;

class R2dbcUnsentTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private DatabaseClient database;
    private R2dbcUnsent unsent;

    @BeforeEach
    void migrate() {
        var fresh = PostgresServer.shared().createDatabase("unsent");
        var connections = ConnectionFactories.get(ConnectionFactoryOptions.parse(fresh.r2dbcUrl())
                .mutate()
                .option(ConnectionFactoryOptions.USER, fresh.username())
                .option(ConnectionFactoryOptions.PASSWORD, fresh.password())
                .build());
        new ResourceDatabasePopulator(new ClassPathResource("db/messaging/V0_1__outbox_and_inbox.sql"))
                .populate(connections)
                .block(SOON);
        database = DatabaseClient.create(connections);
        unsent = new R2dbcUnsent(database);
    }

    @Test
    void an_empty_outbox_holds_nothing_back() {
        assertThat(unsent.isStuck()).isFalse();
    }

    @Test
    void what_was_just_said_is_on_its_way() {
        say("0 s");
        assertThat(unsent.isStuck()).isFalse();
    }

    @Test
    void what_was_said_long_ago_and_is_still_there_is_stuck() {
        say("10 s");
        say("0 s");
        assertThat(unsent.isStuck()).isTrue();
    }

    private void say(String ago) {
        database.sql("""
                        insert into outbox (aggregatetype, aggregateid, type, payload, headers, created_at)
                        values ('job.events', '1', 'x.v1', '{}', '{}', now() - cast($1 as text)::interval)
                        """).bind(0, ago).then().block(SOON);
    }
}
