/** Lets every replica know of a changed job at once. */
@NullMarked
package io.showreel.gateway.live;

import org.jspecify.annotations.NullMarked;
