/** Removes objects that nobody needs any longer. */
@NullMarked
package io.showreel.asset.sweep;

import org.jspecify.annotations.NullMarked;
