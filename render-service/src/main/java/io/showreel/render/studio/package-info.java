/** What can be asked of the provider that renders takes. */
@NullMarked
package io.showreel.render.studio;

import org.jspecify.annotations.NullMarked;
