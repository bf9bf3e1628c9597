/** Where files lie on their way from and to the object store. */
@NullMarked
package io.showreel.objects.folder;

import org.jspecify.annotations.NullMarked;
