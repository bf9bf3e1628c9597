/** Tells clients' own servers what became of their jobs, by Standard Webhooks. */
@NullMarked
package io.showreel.gateway.webhook;

import org.jspecify.annotations.NullMarked;
