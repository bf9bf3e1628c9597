/** What a service says to this library: messages out, subscriptions in, leased work. */
@NullMarked
package io.showreel.messaging;

import org.jspecify.annotations.NullMarked;
