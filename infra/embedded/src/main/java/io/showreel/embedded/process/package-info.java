/** Child processes that end with us, however we end. */
@NullMarked
package io.showreel.embedded.process;

import org.jspecify.annotations.NullMarked;
