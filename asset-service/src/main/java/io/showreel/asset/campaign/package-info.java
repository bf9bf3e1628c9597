/** What films are made about. */
@NullMarked
package io.showreel.asset.campaign;

import org.jspecify.annotations.NullMarked;
