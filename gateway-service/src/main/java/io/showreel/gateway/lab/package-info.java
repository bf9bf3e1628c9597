/** Tools to try parts of the pipeline by hand. */
@NullMarked
package io.showreel.gateway.lab;

import org.jspecify.annotations.NullMarked;
