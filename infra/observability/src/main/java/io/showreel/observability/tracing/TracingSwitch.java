package io.showreel.observability.tracing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.StringUtils;

/**
 * Leaves tracing out of a service altogether unless spans have somewhere to go: switched off by Spring Boot's own means
 * it would still handle a span that does nothing for each request.
 */
final class TracingSwitch implements AutoConfigurationImportFilter, EnvironmentAware {

    /** What {@code OTEL_EXPORTER_OTLP_ENDPOINT} becomes, too. */
    static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

    private static final List<String> TRACING = List.of(
            "org.springframework.boot.micrometer.tracing.",
            "org.springframework.boot.opentelemetry.",
            TracingAutoConfiguration.class.getName());

    private Environment environment = new StandardEnvironment();

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public boolean[] match(@Nullable String[] candidates, AutoConfigurationMetadata metadata) {
        var on = StringUtils.hasText(environment.getProperty(ENDPOINT));
        var matches = new boolean[candidates.length];
        for (var i = 0; i < candidates.length; i++) {
            var candidate = candidates[i];
            matches[i] = on || candidate == null || TRACING.stream().noneMatch(candidate::startsWith);
        }
        return matches;
    }
}
