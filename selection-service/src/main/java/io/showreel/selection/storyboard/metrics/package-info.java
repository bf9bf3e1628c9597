/** How storyboards come about, how fast, and what they cost. */
@NullMarked
package io.showreel.selection.storyboard.metrics;

import org.jspecify.annotations.NullMarked;
