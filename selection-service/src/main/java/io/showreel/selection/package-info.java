/** Chooses and pairs the photos of a campaign into the scenes of a film; keeps nothing. */
@NullMarked
package io.showreel.selection;

import org.jspecify.annotations.NullMarked;
