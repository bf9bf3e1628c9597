package io.showreel.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.showreel.messaging.Rumour.RumourHeard;
import io.showreel.observability.tracing.Spans;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import reactor.core.publisher.Mono;

class TracedMessagesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String REQUEST = "b7ad6b7169203331";
    private static final Origin ORIGIN = new Origin("request-7", "00-" + TRACE + "-" + REQUEST + "-01", null);

    private final InMemorySpanExporter ended = InMemorySpanExporter.create();

    private Map<String, SpanData> spans() {
        return ended.getFinishedSpanItems().stream()
                .collect(Collectors.toMap(SpanData::getName, Function.identity(), (first, again) -> again));
    }

    @Test
    void each_message_is_sent_and_handled_as_a_part_of_what_brought_it_about() {
        var first = TestService.newName("rumours");
        var second = TestService.newName("rumours");
        var outbox = new AtomicReference<Outbox>();
        var heard = new CopyOnWriteArrayList<Origin>();
        try (var service = TestService.on(TestService.newDatabase())
                .tracedInto(ended)
                .writing(first)
                .writing(second)
                .reading(first, Rumour.class, (rumour, delivery) -> outbox.get()
                        .append(new Message(second, delivery.key(), rumour)))
                .reading(second, Rumour.class, (rumour, delivery) -> {
                    heard.add(delivery.origin());
                    return Mono.empty();
                })
                .start()) {
            outbox.set(service.get(Outbox.class));

            service.inTransaction(outbox.get()
                    .append(new Message(first, "42", new RumourHeard("a", 1)))
                    .contextWrite(ORIGIN.write()));

            await().atMost(PATIENCE).until(() -> spans().containsKey("process " + second));
            await().atMost(PATIENCE).until(() -> spans().containsKey("send " + second));
            var spans = spans();
            assertThat(spans.values())
                    .allSatisfy(span -> assertThat(span.getTraceId()).isEqualTo(TRACE));
            assertThat(parentOf(spans, "send " + first)).isEqualTo(REQUEST);
            assertThat(parentOf(spans, "process " + first)).isEqualTo(id(spans, "send " + first));
            assertThat(parentOf(spans, "send " + second)).isEqualTo(id(spans, "process " + first));
            assertThat(parentOf(spans, "process " + second)).isEqualTo(id(spans, "send " + second));
            assertThat(spans.get("send " + first).getKind()).isEqualTo(SpanKind.PRODUCER);
            assertThat(spans.get("process " + first).getKind()).isEqualTo(SpanKind.CONSUMER);
            assertThat(heard).singleElement().satisfies(origin -> {
                assertThat(origin.requestId()).isEqualTo("request-7");
                assertThat(origin.traceparent())
                        .isEqualTo("00-" + TRACE + "-" + id(spans, "process " + second) + "-01");
            });
        }
    }

    @Test
    void work_that_is_done_later_goes_on_in_the_name_of_its_origin() {
        try (var service =
                TestService.on(TestService.newDatabase()).tracedInto(ended).start()) {
            var spans = service.get(Spans.class);
            try (var errand = Errand.begin(spans, "work", "42", ORIGIN);
                    var part = spans.open("part", Spans.Kind.CLIENT)) {
                errand.tag("colour", "red");
                assertThat(part.traceparent()).contains(TRACE);
                assertThat(MDC.getCopyOfContextMap())
                        .containsAllEntriesOf(Map.of(
                                LogContext.KEY, "42", LogContext.REQUEST_ID, "request-7", LogContext.TRACE_ID, TRACE));
            }

            assertThat(MDC.get(LogContext.KEY)).isNull();
            assertThat(MDC.get(LogContext.TRACE_ID)).isNull();
            assertThat(parentOf(spans(), "work")).isEqualTo(REQUEST);
            assertThat(parentOf(spans(), "part")).isEqualTo(id(spans(), "work"));
        }
    }

    private static String parentOf(Map<String, SpanData> spans, String name) {
        return spans.get(name).getParentSpanId();
    }

    private static String id(Map<String, SpanData> spans, String name) {
        return spans.get(name).getSpanId();
    }
}
