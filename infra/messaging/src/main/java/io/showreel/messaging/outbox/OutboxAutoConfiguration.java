package io.showreel.messaging.outbox;

import io.r2dbc.spi.ConnectionFactory;
import io.showreel.messaging.CommitListener;
import io.showreel.messaging.Outbox;
import io.showreel.observability.SampledGauge;
import io.showreel.observability.tracing.Spans;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
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
    Outbox outbox(DatabaseClient database, Relay relay, ObjectProvider<CommitListener> listeners) {
        return new R2dbcOutbox(database, relay::wake, listeners.stream().toList());
    }

    @Bean
    SampledGauge outboxMessages() {
        return new SampledGauge(
                "showreel.outbox.messages",
                "Messages that Kafka has not acknowledged yet",
                "",
                List.of(),
                "select count(*) as value from (select from outbox limit 100000) waiting");
    }

    @Bean
    SampledGauge outboxAge() {
        return new SampledGauge(
                "showreel.outbox.age",
                "How long the message that is sent next has waited",
                "seconds",
                List.of(),
                "select coalesce((select greatest(extract(epoch from now() - created_at), 0)"
                        + " from outbox order by seq limit 1), 0) as value");
    }

    @Bean
    Relay messagingRelay(
            ConnectionFactory connections,
            KafkaProperties kafka,
            @Value("${spring.application.name}") String service,
            RelaySettings settings,
            Spans spans) {
        return new Relay(connections, kafka.buildProducerProperties(), service, settings, spans);
    }
}
