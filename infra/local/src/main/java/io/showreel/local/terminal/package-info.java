/** What is said on the terminal. */
@NullMarked
package io.showreel.local.terminal;

import org.jspecify.annotations.NullMarked;
