/** What can be said of photos by looking at them: how sharp, how bright, how alike. */
@NullMarked
package io.showreel.selection.photo;

import org.jspecify.annotations.NullMarked;
