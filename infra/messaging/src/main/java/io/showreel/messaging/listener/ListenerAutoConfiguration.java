package io.showreel.messaging.listener;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.spi.ConnectionFactory;
import io.showreel.messaging.Subscription;
import io.showreel.messaging.inbox.Inbox;
import io.showreel.messaging.inbox.InboxAutoConfiguration;
import io.showreel.observability.tracing.Spans;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;

/** A listener for each {@link Subscription} bean of a service with a database. */
@AutoConfiguration(
        after = {InboxAutoConfiguration.class, KafkaAutoConfiguration.class},
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnBean(ConnectionFactory.class)
@EnableConfigurationProperties(ListenerSettings.class)
class ListenerAutoConfiguration {

    /** Dead letters wait for a person longer than a topic keeps its records. */
    private static final Duration KEEP_DEAD_LETTERS = Duration.ofDays(30);

    @Bean
    Group messagingGroup(@Value("${spring.application.name}") String service) {
        return new Group(service);
    }

    @Bean
    DeadLetters messagingDeadLetters(KafkaProperties kafka, Group group, ListenerSettings settings) {
        return new DeadLetters(kafka.buildProducerProperties(), group, settings.brokerTimeout());
    }

    @Bean
    KafkaAdmin.NewTopics messagingDeadLetterTopics(ObjectProvider<Subscription<?>> subscriptions, Group group) {
        return new KafkaAdmin.NewTopics(topics(subscriptions).stream()
                .map(topic -> TopicBuilder.name(group.deadLettersOf(topic))
                        .partitions(1)
                        .config(TopicConfig.RETENTION_MS_CONFIG, Long.toString(KEEP_DEAD_LETTERS.toMillis()))
                        .build())
                .toArray(NewTopic[]::new));
    }

    @Bean
    Listeners messagingListeners(
            ObjectProvider<Subscription<?>> subscriptions,
            KafkaProperties kafka,
            Group group,
            Inbox inbox,
            DeadLetters deadLetters,
            ReactiveTransactionManager transactions,
            ListenerSettings settings,
            ObjectProvider<MeterRegistry> registry,
            Spans spans) {
        var unique = new HashSet<String>();
        subscriptions.forEach(subscription -> {
            if (!unique.add(subscription.topic())) {
                throw new IllegalStateException("There are two subscriptions of " + subscription.topic() + ".");
            }
        });
        var factory = new ContainerFactory(
                kafka.buildConsumerProperties(),
                group,
                inbox,
                deadLetters,
                TransactionalOperator.create(transactions),
                settings,
                registry.getIfAvailable(SimpleMeterRegistry::new),
                spans);
        return new Listeners(subscriptions.stream().map(factory::containerOf).toList());
    }

    @Bean
    KafkaBacklog backlog(
            ObjectProvider<Subscription<?>> subscriptions,
            KafkaProperties kafka,
            Group group,
            ListenerSettings settings) {
        return new KafkaBacklog(
                kafka.buildAdminProperties(), group, () -> topics(subscriptions), settings.brokerTimeout());
    }

    @Bean
    @ConditionalOnBean(MeterRegistry.class)
    LagGauges messagingLagGauges(
            ObjectProvider<Subscription<?>> subscriptions, KafkaBacklog backlog, MeterRegistry registry) {
        return new LagGauges(() -> topics(subscriptions), backlog, registry);
    }

    private static Set<String> topics(ObjectProvider<Subscription<?>> subscriptions) {
        return subscriptions.stream().map(Subscription::topic).collect(Collectors.toSet());
    }
}
