/** What each model is given, can do and costs: data, not branches. */
@NullMarked
package io.showreel.render.model;

import org.jspecify.annotations.NullMarked;
