/** Makes every paid call to the provider: a take is never paid twice, and none that was accepted is lost. */
@NullMarked
package io.showreel.render;

import org.jspecify.annotations.NullMarked;
