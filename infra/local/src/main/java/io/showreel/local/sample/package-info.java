/** Makes a film of the sample campaign over the public API, as a customer would. */
@NullMarked
package io.showreel.local.sample;

import org.jspecify.annotations.NullMarked;
