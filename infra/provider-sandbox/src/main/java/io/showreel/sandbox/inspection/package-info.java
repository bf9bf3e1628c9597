/** What tests and people may ask of the sandbox itself: who was charged for what, and who asked what. */
@NullMarked
package io.showreel.sandbox.inspection;

import org.jspecify.annotations.NullMarked;
