/** Clients, their campaigns, and the photos, videos and audio that films are made of. */
@NullMarked
package io.showreel.asset;

import org.jspecify.annotations.NullMarked;
