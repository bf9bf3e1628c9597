/** How many jobs there are, how they end, and how long they have stood still. */
@NullMarked
package io.showreel.gateway.job.metrics;

import org.jspecify.annotations.NullMarked;
