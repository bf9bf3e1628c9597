package io.showreel.observability;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;

/** Ends the start of a service over a {@code SHOWREEL_} variable that means nothing to any service. */
final class UnknownVariableCheck implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var unknown = Variables.ofShowreel()
                .unknownAmong(environment.getSystemEnvironment().keySet());
        if (!unknown.isEmpty()) {
            throw new UnknownVariableException(unknown);
        }
    }
}
