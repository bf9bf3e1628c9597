package io.showreel.observability.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.showreel.observability.tracing.Spans.Kind;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

/** With Spring Boot's own tracing, whose spans end up in memory. */
class SpansTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String SAMPLED = "00-" + TRACE + "-" + PARENT + "-01";
    private static final String SOMEWHERE = "http://localhost:1/v1/traces";

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Beans {}

    private final InMemorySpanExporter ended = InMemorySpanExporter.create();
    private ConfigurableApplicationContext service;

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
        MDC.clear();
    }

    private Spans start(String endpoint) {
        // Not as an exporter, or what it gets would come twice.
        service = new SpringApplicationBuilder(Beans.class)
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean(SpanProcessor.class, () -> SimpleSpanProcessor.create(ended)))
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.application.name=traced",
                        "spring.main.banner-mode=off",
                        "spring.main.log-startup-info=false",
                        "management.tracing.export.otlp.enabled=false",
                        TracingSwitch.ENDPOINT + "=" + endpoint)
                .run();
        return service.getBean(Spans.class);
    }

    private SpanData span(String name) {
        return ended.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .reduce((one, another) -> {
                    throw new AssertionError("There are two spans " + name);
                })
                .orElseThrow();
    }

    @Test
    void a_span_continues_the_trace_that_its_work_came_with() {
        var spans = start(SOMEWHERE);
        var since = Instant.parse("2026-01-02T03:04:05.678901Z");
        String told;
        try (var span = spans.begin("send a", Kind.PRODUCER, SAMPLED, since)) {
            told = span.tag("colour", "red").traceparent();
        }

        var kept = span("send a");
        assertThat(kept.getTraceId()).isEqualTo(TRACE);
        assertThat(kept.getParentSpanId()).isEqualTo(PARENT);
        assertThat(kept.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(kept.getStartEpochNanos())
                .isEqualTo(TimeUnit.SECONDS.toNanos(since.getEpochSecond()) + since.getNano());
        assertThat(kept.getAttributes().asMap().toString()).contains("colour=red");
        assertThat(told).isEqualTo("00-" + TRACE + "-" + kept.getSpanId() + "-01");
    }

    @Test
    void parts_of_work_are_children_of_it_on_whatever_thread() throws Exception {
        var spans = start(SOMEWHERE);
        String seen;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var work = spans.open("work", Kind.INTERNAL, SAMPLED)) {
            MDC.put("job_id", "7");
            seen = threads.submit(Spans.carrying(() -> {
                        try (var part = spans.open("part", Kind.CLIENT)) {
                            return MDC.get("job_id") + " " + MDC.get("trace_id") + " " + MDC.get("span_id") + " "
                                    + part.traceparent();
                        }
                    }))
                    .get(10, TimeUnit.SECONDS);
            assertThat(MDC.get("trace_id")).isEqualTo(TRACE);
            assertThat(work.traceparent()).contains(MDC.get("span_id"));
        }

        var part = span("part");
        assertThat(part.getParentSpanId()).isEqualTo(span("work").getSpanId());
        assertThat(seen)
                .isEqualTo("7 " + TRACE + " " + part.getSpanId() + " 00-" + TRACE + "-" + part.getSpanId() + "-01");
    }

    @Test
    void what_belongs_to_no_trace_or_to_one_that_is_not_kept_is_passed_on_as_it_is() {
        var spans = start(SOMEWHERE);
        var notKept = "00-" + TRACE + "-" + PARENT + "-00";
        try (var orphan = spans.begin("orphan", Kind.CONSUMER, null);
                var unsampled = spans.open("unsampled", Kind.INTERNAL, notKept);
                var part = spans.open("part", Kind.CLIENT)) {
            assertThat(orphan.traceparent()).isNull();
            assertThat(unsampled.traceparent()).isEqualTo(notKept);
            assertThat(part.traceparent()).isNull();
        }

        assertThat(ended.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void a_read_that_belongs_to_no_trace_is_counted_and_not_traced() {
        start(SOMEWHERE);

        observe(MockServerHttpRequest.get("/jobs/7"));
        observe(MockServerHttpRequest.get("/jobs/7").header(Traceparent.HEADER, SAMPLED));

        assertThat(service.getBean(MeterRegistry.class)
                        .get("http.server.requests")
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(ended.getFinishedSpanItems())
                .singleElement()
                .extracting(SpanData::getTraceId)
                .isEqualTo(TRACE);
    }

    private void observe(MockServerHttpRequest.BaseBuilder<?> request) {
        var context =
                new ServerRequestObservationContext(request.build(), new MockServerHttpResponse(), new HashMap<>());
        Observation.start("http.server.requests", () -> context, service.getBean(ObservationRegistry.class))
                .stop();
    }

    @Test
    void without_an_endpoint_there_is_no_tracing_at_all() {
        var spans = start("");

        assertThat(service.getBeanProvider(Tracer.class).getIfAvailable()).isNull();
        assertThat(service.getBeansOfType(io.opentelemetry.api.OpenTelemetry.class))
                .isEmpty();
        try (var span = spans.open("nothing", Kind.INTERNAL, SAMPLED)) {
            assertThat(span.tag("colour", "red").traceparent()).isEqualTo(SAMPLED);
            assertThat(MDC.getCopyOfContextMap())
                    .satisfiesAnyOf(lines -> assertThat(lines).isNull(), lines -> assertThat(lines)
                            .isEqualTo(Map.of()));
        }
    }
}
