/** Turns photos into a storyboard: groups them, asks a storyteller, judges what it says, and can do without it. */
@NullMarked
package io.showreel.selection.storyboard;

import org.jspecify.annotations.NullMarked;
