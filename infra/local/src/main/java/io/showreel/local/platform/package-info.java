/** The processes that Showreel consists of, and how each is started. */
@NullMarked
package io.showreel.local.platform;

import org.jspecify.annotations.NullMarked;
