/** What the gateway asks for inside: a campaign with the photos that scenes may be made of. */
@NullMarked
package io.showreel.asset.candidate;

import org.jspecify.annotations.NullMarked;
