/** Starts waiting takes in their order, at the account's pace and within its slots, over all replicas. */
@NullMarked
package io.showreel.render.start;

import org.jspecify.annotations.NullMarked;
