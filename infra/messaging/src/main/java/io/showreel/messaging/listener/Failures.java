package io.showreel.messaging.listener;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;
import reactor.core.Exceptions;

/** Tells a failing world from a failing message. */
final class Failures {

    /**
     * Classes of SQLSTATE that say nothing about the statement: connection, rollback of a conflict, resources, operator
     * intervention, system error; and an object that is not ready.
     */
    private static final Set<String> INFRASTRUCTURE_CLASSES = Set.of("08", "40", "53", "55", "57", "58");

    /** A server that became a standby, and a transaction that the server gave up waiting for. */
    private static final Set<String> INFRASTRUCTURE_STATES = Set.of("25006", "25P03", "25P04");

    private Failures() {}

    /** Whether the same message may well succeed later, so that it must be kept for as long as it takes. */
    static boolean isInfrastructure(Throwable failure) {
        for (@Nullable Throwable cause = Exceptions.unwrap(failure); cause != null; cause = cause.getCause()) {
            if (saysNothingAboutTheMessage(cause)) {
                return true;
            }
        }
        // BlockingMono reports its own timeout as this and keeps the cause as suppressed only.
        return failure instanceof IllegalStateException
                && failure.getMessage() != null
                && failure.getMessage().startsWith("Timeout on blocking read");
    }

    private static boolean saysNothingAboutTheMessage(Throwable cause) {
        return switch (cause) {
            case R2dbcTransientException e -> true;
            case R2dbcNonTransientResourceException e -> true;
            case R2dbcException e -> isInfrastructure(e.getSqlState());
            case TransientDataAccessException e -> true;
            case DataAccessResourceFailureException e -> true;
            case RecoverableDataAccessException e -> true;
            case TransactionException e -> true;
            case RetriableException e -> true;
            case TimeoutException e -> true;
            case IOException e -> true;
            default -> false;
        };
    }

    private static boolean isInfrastructure(@Nullable String sqlState) {
        return sqlState != null
                && sqlState.length() == 5
                && (INFRASTRUCTURE_CLASSES.contains(sqlState.substring(0, 2))
                        || INFRASTRUCTURE_STATES.contains(sqlState));
    }
}
