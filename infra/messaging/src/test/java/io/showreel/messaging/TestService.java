package io.showreel.messaging;

import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.showreel.embedded.KafkaServer;
import io.showreel.embedded.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** A service on the real servers, with a database of its own. */
public final class TestService implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final ConfigurableApplicationContext context;

    private TestService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Beans {}

    public static Plan on(PostgresServer.Database database) {
        return new Plan(database);
    }

    public static PostgresServer.Database newDatabase() {
        return PostgresServer.shared().createDatabase("messaging");
    }

    /** Tests share a broker, but no topic. */
    public static String newName(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    public DatabaseClient database() {
        return get(DatabaseClient.class);
    }

    public <T> T inTransaction(Mono<T> work) {
        var transaction = TransactionalOperator.create(get(ReactiveTransactionManager.class));
        return work.as(transaction::transactional).block(TIMEOUT);
    }

    public void say(Message... messages) {
        inTransaction(get(Outbox.class).append(messages));
    }

    public long count(String what) {
        return database()
                .sql("select count(*) from " + what)
                .mapValue(Long.class)
                .one()
                .block(TIMEOUT);
    }

    public void execute(String sql) {
        database().sql(sql).then().block(TIMEOUT);
    }

    @Override
    public void close() {
        context.close();
    }

    /** What the service is made of. */
    public static final class Plan {

        private final Map<String, Object> properties = new HashMap<>();
        private final List<Consumer<GenericApplicationContext>> beans = new ArrayList<>();

        private Plan(PostgresServer.Database database) {
            with("spring.application.name", newName("service"));
            with("spring.r2dbc.url", database.r2dbcUrl());
            with("spring.r2dbc.username", database.username());
            with("spring.r2dbc.password", database.password());
            with("spring.flyway.url", database.jdbcUrl());
            with("spring.flyway.user", database.username());
            with("spring.flyway.password", database.password());
            with("spring.flyway.locations", "classpath:db/messaging");
            with("spring.main.banner-mode", "off");
        }

        public Plan with(String property, Object value) {
            properties.put(property, value);
            return this;
        }

        public <T> Plan reading(String topic, Class<T> vocabulary, Subscription.Handler<T> handler) {
            return bean(Subscription.class, new Subscription<>(topic, vocabulary, handler));
        }

        public Plan writing(String topic) {
            return bean(NewTopic.class, TopicBuilder.name(topic).partitions(12).build());
        }

        public Plan hearing(CommitListener listener) {
            return bean(CommitListener.class, listener);
        }

        public Plan working(LeaseWorker worker) {
            return bean(LeaseWorker.class, worker);
        }

        /** Spans are kept there as soon as they end, and sent nowhere. */
        public Plan tracedInto(SpanExporter exporter) {
            return with("management.opentelemetry.tracing.export.otlp.endpoint", "http://localhost:1/v1/traces")
                    .with("management.tracing.export.otlp.enabled", false)
                    .bean(SpanProcessor.class, SimpleSpanProcessor.create(exporter));
        }

        private <T> Plan bean(Class<T> type, T bean) {
            beans.add(context -> context.registerBean(newName(type.getSimpleName()), type, () -> bean));
            return this;
        }

        public TestService start() {
            properties.computeIfAbsent("spring.kafka.bootstrap-servers", none -> KafkaServer.shared()
                    .bootstrapServers());
            var application = new SpringApplicationBuilder(Beans.class)
                    .web(WebApplicationType.NONE)
                    .properties(properties)
                    .initializers(context -> beans.forEach(bean -> bean.accept((GenericApplicationContext) context)))
                    .build();
            return new TestService(application.run());
        }
    }
}
