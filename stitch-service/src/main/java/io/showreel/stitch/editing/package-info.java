/** Decides, without any I/O, what goes into a film and how: what is copied, and what has to be encoded. */
@NullMarked
package io.showreel.stitch.editing;

import org.jspecify.annotations.NullMarked;
