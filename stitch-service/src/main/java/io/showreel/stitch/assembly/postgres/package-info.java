/** Keeps assemblies in PostgreSQL. */
@NullMarked
package io.showreel.stitch.assembly.postgres;

import org.jspecify.annotations.NullMarked;
