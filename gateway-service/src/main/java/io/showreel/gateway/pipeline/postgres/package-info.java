/** Keeps pipeline configurations in PostgreSQL. */
@NullMarked
package io.showreel.gateway.pipeline.postgres;

import org.jspecify.annotations.NullMarked;
