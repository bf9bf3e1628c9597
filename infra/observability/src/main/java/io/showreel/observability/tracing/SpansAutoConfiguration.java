package io.showreel.observability.tracing;

import io.micrometer.tracing.Tracer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** {@link Spans} for every service, whether they go anywhere or not. */
@AutoConfiguration
class SpansAutoConfiguration {

    @Bean
    Spans spans(ObjectProvider<Tracer> tracer) {
        return new Spans(tracer.getIfAvailable());
    }
}
