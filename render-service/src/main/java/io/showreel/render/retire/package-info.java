/** Removes the files of takes that nobody returns to any more; what was paid for them stays on record. */
@NullMarked
package io.showreel.render.retire;

import org.jspecify.annotations.NullMarked;
