/** Keeps jobs in PostgreSQL. */
@NullMarked
package io.showreel.gateway.job.postgres;

import org.jspecify.annotations.NullMarked;
