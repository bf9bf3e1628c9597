/** Replicate's HTTP API and its webhooks. */
@NullMarked
package io.showreel.render.studio.replicate;

import org.jspecify.annotations.NullMarked;
