/** Keeps films and posters in the object store for as long as a cut uses them. */
@NullMarked
package io.showreel.stitch.filmstore;

import org.jspecify.annotations.NullMarked;
