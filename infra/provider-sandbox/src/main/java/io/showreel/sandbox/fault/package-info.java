/** Where the sandbox decides to fail on purpose. */
@NullMarked
package io.showreel.sandbox.fault;

import org.jspecify.annotations.NullMarked;
