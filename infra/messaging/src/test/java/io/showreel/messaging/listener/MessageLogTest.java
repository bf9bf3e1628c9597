package io.showreel.messaging.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.showreel.messaging.LogContext;
import io.showreel.messaging.Message;
import io.showreel.messaging.Origin;
import io.showreel.messaging.Outbox;
import io.showreel.messaging.Rumour;
import io.showreel.messaging.Rumour.RumourHeard;
import io.showreel.messaging.TestService;
import io.showreel.messaging.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import reactor.core.publisher.Mono;

class MessageLogTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final Logger log = (Logger) LoggerFactory.getLogger("io.showreel.messages.rumour_heard");
    private final Lines lines = new Lines();

    /** Once all applications run: each that starts sets logging up anew. */
    private void listen() {
        lines.setContext(log.getLoggerContext());
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        log.detachAppender(lines);
    }

    @Test
    void a_request_is_followed_through_the_logs_of_services_that_it_reaches_by_way_of_others() {
        var first = TestService.newName("rumours");
        var second = TestService.newName("rumours");
        var outbox = new AtomicReference<Outbox>();
        try (var relay = TestService.on(TestService.newDatabase())
                        .writing(first)
                        .writing(second)
                        .reading(first, Rumour.class, (rumour, delivery) -> outbox.get()
                                .append(new Message(second, delivery.key(), rumour)))
                        .start();
                var reader = TestService.on(TestService.newDatabase())
                        .reading(second, Rumour.class, (rumour, delivery) -> Mono.empty())
                        .start()) {
            outbox.set(relay.get(Outbox.class));
            Wire.awaitTopic(first);
            Wire.awaitTopic(second);
            listen();
            var origin = new Origin("request-7", "00-" + TRACE + "-b7ad6b7169203331-01", null);

            relay.inTransaction(relay.get(Outbox.class)
                    .append(new Message(first, "42", new RumourHeard("a", 1)))
                    .contextWrite(origin.write()));

            await().atMost(PATIENCE).until(() -> lines.from(first) == 1 && lines.from(second) == 1);
            assertThat(lines.events).allSatisfy(line -> assertThat(line.getMDCPropertyMap())
                    .containsAllEntriesOf(Map.of(
                            LogContext.KEY, "42", LogContext.REQUEST_ID, "request-7", LogContext.TRACE_ID, TRACE)));
        }
    }

    @Test
    void a_context_gives_back_what_was_there_before() {
        try (var outer = LogContext.open("1", new Origin("outer", null, null))) {
            try (var inner = LogContext.open("2", new Origin(null, "nonsense", null))) {
                assertThat(inner).isNotNull();
                assertThat(MDC.get(LogContext.KEY)).isEqualTo("2");
                assertThat(MDC.get(LogContext.REQUEST_ID)).isNull();
                assertThat(MDC.get(LogContext.TRACE_ID)).isNull();
            }
            assertThat(outer).isNotNull();
            assertThat(MDC.get(LogContext.KEY)).isEqualTo("1");
            assertThat(MDC.get(LogContext.REQUEST_ID)).isEqualTo("outer");
        }
        assertThat(MDC.get(LogContext.KEY)).isNull();
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {

        final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            events.add(event);
        }

        long from(String topic) {
            return events.stream()
                    .filter(event -> event.getFormattedMessage().endsWith(topic))
                    .count();
        }
    }
}
