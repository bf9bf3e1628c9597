/** The fan-in: decides when a cut has everything that its film needs, and what becomes of it. */
@NullMarked
package io.showreel.stitch.assembly;

import org.jspecify.annotations.NullMarked;
