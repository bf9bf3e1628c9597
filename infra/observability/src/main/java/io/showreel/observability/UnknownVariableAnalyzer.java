package io.showreel.observability;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do about unknown variables, in place of a stack trace. */
final class UnknownVariableAnalyzer extends AbstractFailureAnalyzer<UnknownVariableException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnknownVariableException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Correct or remove them; docs/configuration.md lists all that begin with SHOWREEL_.",
                cause);
    }
}
