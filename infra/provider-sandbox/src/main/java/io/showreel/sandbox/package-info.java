/** Stands in for Replicate and xAI: same words, same limits, same failures, and real media; it costs nothing. */
@NullMarked
package io.showreel.sandbox;

import org.jspecify.annotations.NullMarked;
