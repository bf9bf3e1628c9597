/** Numbered thumbnails on one picture, as photographers print them to choose from. */
@NullMarked
package io.showreel.selection.photo.sheet;

import org.jspecify.annotations.NullMarked;
