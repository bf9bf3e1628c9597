/** What every service shows of itself alike: sampled gauges, defaults of its metrics, and a word about unknown variables. */
@NullMarked
package io.showreel.observability;

import org.jspecify.annotations.NullMarked;
