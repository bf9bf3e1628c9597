/** Replicate's HTTP API, and the origin that delivers outputs. */
@NullMarked
package io.showreel.sandbox.replicate;

import org.jspecify.annotations.NullMarked;
