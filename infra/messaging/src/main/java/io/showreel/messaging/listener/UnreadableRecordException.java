package io.showreel.messaging.listener;

/** The record is not a message of ours, and won't become one by trying again. */
final class UnreadableRecordException extends RuntimeException {
    UnreadableRecordException(String message, Throwable cause) {
        super(message, cause);
    }

    UnreadableRecordException(String message) {
        super(message);
    }
}
