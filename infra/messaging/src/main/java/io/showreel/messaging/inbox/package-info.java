/** Remembers which messages took effect, so that a repeated one has none. */
@NullMarked
package io.showreel.messaging.inbox;

import org.jspecify.annotations.NullMarked;
