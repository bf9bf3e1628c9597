/** Looks at clips as they arrive, for a person's eyes: nothing depends on it. */
@NullMarked
package io.showreel.render.quality;

import org.jspecify.annotations.NullMarked;
