/** What the gateway's testing tools ask of us: to look at the templates, and to try parts of a selection by hand. */
@NullMarked
package io.showreel.selection.testing;

import org.jspecify.annotations.NullMarked;
