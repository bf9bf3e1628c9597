/** Who may do what, and how often. */
@NullMarked
package io.showreel.gateway.access;

import org.jspecify.annotations.NullMarked;
