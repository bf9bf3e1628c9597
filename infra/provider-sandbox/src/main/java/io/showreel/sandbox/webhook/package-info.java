/** Signed webhooks, with retries for the last one. */
@NullMarked
package io.showreel.sandbox.webhook;

import org.jspecify.annotations.NullMarked;
