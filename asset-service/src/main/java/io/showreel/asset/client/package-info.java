/** Whom films are made for. */
@NullMarked
package io.showreel.asset.client;

import org.jspecify.annotations.NullMarked;
