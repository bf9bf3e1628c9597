/** Gathers the takes of a cut and cuts them into one film. */
@NullMarked
package io.showreel.stitch;

import org.jspecify.annotations.NullMarked;
