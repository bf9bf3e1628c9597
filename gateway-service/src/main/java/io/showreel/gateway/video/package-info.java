/** Serves films, their posters and clips. */
@NullMarked
package io.showreel.gateway.video;

import org.jspecify.annotations.NullMarked;
