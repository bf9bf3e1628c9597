/** What must survive the sandbox's own death: append-only files of JSON lines. */
@NullMarked
package io.showreel.sandbox.journal;

import org.jspecify.annotations.NullMarked;
