/** What stitch says about the assembly of a cut. */
@NullMarked
package io.showreel.contracts.video;

import org.jspecify.annotations.NullMarked;
