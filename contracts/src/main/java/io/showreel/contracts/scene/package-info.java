/** The paid part of a film: the cut that the gateway asks for, and what became of its takes. */
@NullMarked
package io.showreel.contracts.scene;

import org.jspecify.annotations.NullMarked;
