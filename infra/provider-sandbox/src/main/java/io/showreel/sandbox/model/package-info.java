/** The models that can be run, as data: what they accept, what they refuse, what they make and what they cost. */
@NullMarked
package io.showreel.sandbox.model;

import org.jspecify.annotations.NullMarked;
