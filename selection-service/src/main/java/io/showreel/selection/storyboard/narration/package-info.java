/** Writes what a voice says over a film, scene by scene and no longer than each lasts. */
@NullMarked
package io.showreel.selection.storyboard.narration;

import org.jspecify.annotations.NullMarked;
