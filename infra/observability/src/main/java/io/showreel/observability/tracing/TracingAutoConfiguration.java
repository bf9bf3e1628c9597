package io.showreel.observability.tracing;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.otel.bridge.Slf4JEventListener;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/** How we trace where it differs from what Spring Boot does by itself; left out with it by {@link TracingSwitch}. */
@AutoConfiguration(
        beforeName =
                "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration")
class TracingAutoConfiguration {

    /** Under the names that log lines have for it anyway. */
    @Bean
    Slf4JEventListener spansInLogLines() {
        return new Slf4JEventListener("trace_id", "span_id");
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ServerRequestObservationContext.class)
    static class OfReactiveServers {

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        UntracedReads untracedReads(Tracer tracer) {
            return new UntracedReads(tracer);
        }
    }
}
