/** What the gateway asks about campaigns and their photos. */
@NullMarked
package io.showreel.gateway.campaign;

import org.jspecify.annotations.NullMarked;
