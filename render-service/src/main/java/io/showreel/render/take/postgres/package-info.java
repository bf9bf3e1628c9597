/** The ledger in PostgreSQL. */
@NullMarked
package io.showreel.render.take.postgres;

import org.jspecify.annotations.NullMarked;
