/** Where the other services are. */
@NullMarked
package io.showreel.gateway.neighbours;

import org.jspecify.annotations.NullMarked;
