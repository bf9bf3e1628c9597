package io.showreel.messaging.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcRollbackException;
import io.r2dbc.spi.R2dbcTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.r2dbc.BadSqlGrammarException;
import org.springframework.r2dbc.UncategorizedR2dbcException;
import org.springframework.transaction.CannotCreateTransactionException;
import reactor.core.publisher.Mono;

class FailuresTest {

    static Stream<Throwable> a_failing_world() {
        return Stream.of(
                new R2dbcNonTransientResourceException("connection closed"),
                new R2dbcTimeoutException("pool exhausted"),
                new R2dbcRollbackException("deadlock"),
                new DataAccessResourceFailureException("gone"),
                new PessimisticLockingFailureException("locked"),
                new CannotCreateTransactionException("no connection"),
                new UncategorizedR2dbcException(
                        "terminated", "select 1", new R2dbcDataIntegrityViolationException("", "57P01")),
                new org.apache.kafka.common.errors.TimeoutException("no leader"),
                new RuntimeException(new ExecutionException(new IOException("reset"))),
                timeoutOfBlock());
    }

    static Stream<Throwable> a_failing_message() {
        return Stream.of(
                new IllegalStateException("impossible transition"),
                new NullPointerException(),
                new DuplicateKeyException("twice"),
                new DataIntegrityViolationException(
                        "check", new R2dbcDataIntegrityViolationException("check", "23514")),
                new BadSqlGrammarException("handling", "selec 1", new R2dbcBadGrammarException("selec", "42601", 0)));
    }

    @ParameterizedTest
    @MethodSource("a_failing_world")
    void a_failing_world_is_waited_for(Throwable failure) {
        assertThat(Failures.isInfrastructure(failure)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("a_failing_message")
    void a_failing_message_is_not(Throwable failure) {
        assertThat(Failures.isInfrastructure(failure)).isFalse();
    }

    private static Throwable timeoutOfBlock() {
        try {
            Mono.never().block(Duration.ofMillis(1));
            throw new AssertionError("It should not have ended.");
        } catch (IllegalStateException e) {
            return e;
        }
    }
}
