/** What the gateway asks of selection, and what it tells whoever integrates with Showreel. */
@NullMarked
package io.showreel.contracts.job;

import org.jspecify.annotations.NullMarked;
