/** Runs all of Showreel on this machine with one command. */
@NullMarked
package io.showreel.local;

import org.jspecify.annotations.NullMarked;
