/** Keeps processes running, and leaves none behind. */
@NullMarked
package io.showreel.local.supervision;

import org.jspecify.annotations.NullMarked;
