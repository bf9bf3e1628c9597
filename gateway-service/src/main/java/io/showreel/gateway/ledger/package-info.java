/** What the gateway asks about paid predictions. */
@NullMarked
package io.showreel.gateway.ledger;

import org.jspecify.annotations.NullMarked;
