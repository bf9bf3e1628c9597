/** When a film can be expected, from what render expects and from how long the other stages took lately. */
@NullMarked
package io.showreel.gateway.forecast;

import org.jspecify.annotations.NullMarked;
