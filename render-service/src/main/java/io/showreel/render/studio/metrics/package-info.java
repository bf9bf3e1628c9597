/** How long the provider takes to answer, and what. */
@NullMarked
package io.showreel.render.studio.metrics;

import org.jspecify.annotations.NullMarked;
