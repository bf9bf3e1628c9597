/** Runs minute-long work from leased rows, so that it survives the death of its worker. */
@NullMarked
package io.showreel.messaging.lease;

import org.jspecify.annotations.NullMarked;
