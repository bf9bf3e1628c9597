package io.showreel.messaging.inbox;

import io.r2dbc.spi.ConnectionFactory;
import io.showreel.messaging.Chore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcTransactionManagerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;

/** An inbox for each service with a database. */
@AutoConfiguration(after = {R2dbcAutoConfiguration.class, R2dbcTransactionManagerAutoConfiguration.class})
@ConditionalOnBean(ConnectionFactory.class)
@EnableConfigurationProperties(InboxSettings.class)
public class InboxAutoConfiguration {

    @Bean
    Inbox messagingInbox(DatabaseClient database) {
        return new Inbox(database);
    }

    @Bean
    InboxSweep messagingInboxSweep(DatabaseClient database, InboxSettings settings) {
        return new InboxSweep(database, settings);
    }

    @Bean
    Chore messagingInboxChore(InboxSweep sweep, InboxSettings settings) {
        return new Chore("inbox-sweep", settings.sweepEvery(), sweep::sweep);
    }
}
