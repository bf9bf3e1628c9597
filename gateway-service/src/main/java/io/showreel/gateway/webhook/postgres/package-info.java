/** Keeps webhooks in tables. */
@NullMarked
package io.showreel.gateway.webhook.postgres;

import org.jspecify.annotations.NullMarked;
