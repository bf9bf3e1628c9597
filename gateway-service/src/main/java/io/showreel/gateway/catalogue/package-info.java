/** Which models there are, what they can do and what they cost. */
@NullMarked
package io.showreel.gateway.catalogue;

import org.jspecify.annotations.NullMarked;
