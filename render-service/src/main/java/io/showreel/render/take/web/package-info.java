/** What the gateway reads of the ledger. */
@NullMarked
package io.showreel.render.take.web;

import org.jspecify.annotations.NullMarked;
