/** Translates the wire into facts of an assembly. */
@NullMarked
package io.showreel.stitch.assembly.kafka;

import org.jspecify.annotations.NullMarked;
