/** Fetches photos from the object store to look at them, and remembers what was seen. */
@NullMarked
package io.showreel.selection.photo.store;

import org.jspecify.annotations.NullMarked;
