/**
 * What happened to a job, in order: kept with the job, read as a list or followed as a stream. What merely progresses is
 * not kept, so a job's timeline grows with its takes, attempts and edits, not with time.
 */
@NullMarked
package io.showreel.gateway.timeline;

import org.jspecify.annotations.NullMarked;
