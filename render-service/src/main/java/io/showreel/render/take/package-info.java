/** The ledger of takes: what was asked for, what was attempted, what it cost and how it ended. */
@NullMarked
package io.showreel.render.take;

import org.jspecify.annotations.NullMarked;
