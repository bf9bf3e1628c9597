/** Photos made into frames that a model takes. */
@NullMarked
package io.showreel.render.frame;

import org.jspecify.annotations.NullMarked;
