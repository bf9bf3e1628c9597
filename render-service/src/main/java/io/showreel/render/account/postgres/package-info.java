/** Accounts in PostgreSQL. */
@NullMarked
package io.showreel.render.account.postgres;

import org.jspecify.annotations.NullMarked;
