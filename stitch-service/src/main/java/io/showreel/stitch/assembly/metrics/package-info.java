/** How films are cut, how fast, and how many are not. */
@NullMarked
package io.showreel.stitch.assembly.metrics;

import org.jspecify.annotations.NullMarked;
