package io.showreel.messaging.outbox;

import io.r2dbc.spi.ConnectionFactory;
import io.showreel.messaging.Outbox;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcTransactionManagerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;

/** An outbox and its relay for each service with a database. */
@AutoConfiguration(after = {R2dbcTransactionManagerAutoConfiguration.class, KafkaAutoConfiguration.class})
@ConditionalOnBean(ConnectionFactory.class)
@EnableConfigurationProperties(RelaySettings.class)
class OutboxAutoConfiguration {

    @Bean
    Outbox outbox(DatabaseClient database, Relay relay) {
        return new R2dbcOutbox(database, relay::wake);
    }

    @Bean
    Relay messagingRelay(
            ConnectionFactory connections,
            KafkaProperties kafka,
            @Value("${spring.application.name}") String service,
            RelaySettings settings) {
        return new Relay(connections, kafka.buildProducerProperties(), service, settings);
    }
}
