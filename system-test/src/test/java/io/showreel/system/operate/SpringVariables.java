package io.showreel.system.operate;

import java.util.Set;

/** What deployments set of Spring's and the JVM's own; each stands on the page of settings, or is the JVM's. */
final class SpringVariables {

    static final Set<String> KNOWN = Set.of(
            "JAVA_TOOL_OPTIONS",
            "LOGGING_STRUCTURED_FORMAT_CONSOLE",
            "MANAGEMENT_SERVER_PORT",
            "MANAGEMENT_TRACING_SAMPLING_PROBABILITY",
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "SPRING_FLYWAY_PASSWORD",
            "SPRING_FLYWAY_URL",
            "SPRING_FLYWAY_USER",
            "SPRING_KAFKA_BOOTSTRAPSERVERS",
            "SPRING_R2DBC_PASSWORD",
            "SPRING_R2DBC_URL",
            "SPRING_R2DBC_USERNAME");

    private SpringVariables() {}
}
