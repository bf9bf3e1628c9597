/** How requests come off their connections. */
@NullMarked
package io.showreel.gateway.connection;

import org.jspecify.annotations.NullMarked;
