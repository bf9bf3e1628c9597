/** Room on disk for what is only passing through. */
@NullMarked
package io.showreel.render.scratch;

import org.jspecify.annotations.NullMarked;
