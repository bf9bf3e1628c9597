package io.showreel.selection.storyboard.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.integration.MessageDispatchingException;
import org.springframework.integration.MessageTimeoutException;
import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.support.GenericMessage;

class FailedCommandsTest {

    private static final GenericMessage<String> MESSAGE = new GenericMessage<>("");

    static Stream<Throwable> outages() {
        return Stream.of(
                new TimeoutException("The broker did not answer"),
                new NotEnoughReplicasException("One is down"),
                new MessageTimeoutException("The event was not acknowledged"),
                new MessageDispatchingException(MESSAGE, "The output is not bound yet"),
                new StoppedException(new InterruptedException()));
    }

    static Stream<Throwable> our_own_failures() {
        return Stream.of(
                new RecordTooLargeException("Too large"),
                new UnreadableCommandException("No JSON", null),
                new NullPointerException(),
                new IllegalStateException(new IllegalArgumentException()));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void an_outage_passes(Throwable outage) {
        assertThat(FailedCommands.isPassing(wrapped(outage))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("our_own_failures")
    void our_own_failures_do_not(Throwable failure) {
        assertThat(FailedCommands.isPassing(wrapped(failure))).isFalse();
    }

    private static Throwable wrapped(Throwable cause) {
        return new IllegalStateException(new MessageHandlingException(MESSAGE, cause));
    }
}
