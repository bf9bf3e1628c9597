package io.showreel.web;

import io.r2dbc.spi.ConnectionFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;

/** Gives a service with an R2DBC database its {@link IdempotencyKeys}; it adds {@code db/web} to its migrations. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration",
            "org.springframework.boot.r2dbc.autoconfigure.R2dbcTransactionManagerAutoConfiguration"
        })
@ConditionalOnBean({ConnectionFactory.class, ReactiveTransactionManager.class})
public class IdempotencyAutoConfiguration {

    @Bean
    IdempotencyKeys idempotencyKeys(ConnectionFactory database, ReactiveTransactionManager transactions) {
        return new IdempotencyKeys(DatabaseClient.create(database), TransactionalOperator.create(transactions));
    }
}
