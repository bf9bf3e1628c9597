/** The models' breakers in PostgreSQL. */
@NullMarked
package io.showreel.render.model.postgres;

import org.jspecify.annotations.NullMarked;
