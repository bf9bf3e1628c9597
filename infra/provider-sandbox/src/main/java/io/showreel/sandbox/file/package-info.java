/** The Files API's uploads: an hour on disk. */
@NullMarked
package io.showreel.sandbox.file;

import org.jspecify.annotations.NullMarked;
