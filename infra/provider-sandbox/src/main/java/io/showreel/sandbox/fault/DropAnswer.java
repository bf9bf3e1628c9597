package io.showreel.sandbox.fault;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A prediction is created and its owner doesn't hear of it: the connection is cut.
 *
 * @param status instead of cutting the connection: answered with this, as by a gateway in between
 * @param delay  how long the answer takes; with no status it is then the right one, and comes too late for a caller who
 *               waits for less
 */
public record DropAnswer(@Nullable Integer status, @Nullable Duration delay) implements Fault {}
