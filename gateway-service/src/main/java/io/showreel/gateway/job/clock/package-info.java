/** Tells jobs when their time is up. */
@NullMarked
package io.showreel.gateway.job.clock;

import org.jspecify.annotations.NullMarked;
