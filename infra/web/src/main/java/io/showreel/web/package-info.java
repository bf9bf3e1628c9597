/** What the two HTTP edges say alike: errors, JSON, lists, request ids, signed links, ranges and idempotency keys. */
@NullMarked
package io.showreel.web;

import org.jspecify.annotations.NullMarked;
