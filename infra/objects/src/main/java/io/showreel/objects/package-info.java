/** Keeps files as content-addressed objects, behind a port that knows no vendor. */
@NullMarked
package io.showreel.objects;

import org.jspecify.annotations.NullMarked;
