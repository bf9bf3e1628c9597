/** Keeps timelines in PostgreSQL. */
@NullMarked
package io.showreel.gateway.timeline.postgres;

import org.jspecify.annotations.NullMarked;
