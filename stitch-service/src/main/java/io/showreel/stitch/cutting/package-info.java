/** Cuts one film at a time under a lease, and publishes it only while the lease and the cut stand. */
@NullMarked
package io.showreel.stitch.cutting;

import org.jspecify.annotations.NullMarked;
