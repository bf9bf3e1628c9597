/** Predictions: their states, their ledger, and how one is carried from its creation to its end. */
@NullMarked
package io.showreel.sandbox.prediction;

import org.jspecify.annotations.NullMarked;
