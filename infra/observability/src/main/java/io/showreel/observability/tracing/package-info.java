/** Spans of what services do for a job, tied to the trace that its messages and rows of work bring along. */
@NullMarked
package io.showreel.observability.tracing;

import org.jspecify.annotations.NullMarked;
