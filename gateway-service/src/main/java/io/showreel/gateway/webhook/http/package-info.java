/** Webhooks over HTTP: posts deliveries, and shows and repeats them. */
@NullMarked
package io.showreel.gateway.webhook.http;

import org.jspecify.annotations.NullMarked;
