/** Hands on what other services answer. */
@NullMarked
package io.showreel.gateway.routes;

import org.jspecify.annotations.NullMarked;
