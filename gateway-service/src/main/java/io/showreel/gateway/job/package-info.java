/** Decides what happens to a job, from its creation to its film. */
@NullMarked
package io.showreel.gateway.job;

import org.jspecify.annotations.NullMarked;
