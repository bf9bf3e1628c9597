package io.showreel.messaging;

import org.springframework.util.unit.DataSize;

/** Refuses a message where it is made: an unsendable one would block all that come after it. */
public final class PayloadTooLargeException extends RuntimeException {

    private final DataSize size;
    private final DataSize limit;

    public PayloadTooLargeException(String type, DataSize size, DataSize limit) {
        super("A %s of %d bytes is over the limit of %d bytes.".formatted(type, size.toBytes(), limit.toBytes()));
        this.size = size;
        this.limit = limit;
    }

    public DataSize size() {
        return size;
    }

    public DataSize limit() {
        return limit;
    }
}
