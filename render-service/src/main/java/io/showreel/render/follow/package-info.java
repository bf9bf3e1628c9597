/** Looks after attempts until it is known how they ended, and copies what they made. */
@NullMarked
package io.showreel.render.follow;

import org.jspecify.annotations.NullMarked;
