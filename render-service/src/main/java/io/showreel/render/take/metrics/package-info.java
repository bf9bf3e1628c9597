/** What becomes of takes, how long cuts take, and what they cost. */
@NullMarked
package io.showreel.render.take.metrics;

import org.jspecify.annotations.NullMarked;
