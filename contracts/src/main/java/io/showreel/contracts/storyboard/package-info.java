/** What selection answers: the ordered scenes, or why there are none. */
@NullMarked
package io.showreel.contracts.storyboard;

import org.jspecify.annotations.NullMarked;
