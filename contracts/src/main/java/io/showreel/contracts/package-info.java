/**
 * The words on the wire. One sealed interface a topic, one record a message; the header {@code ce_type} is the record's
 * name in snake case plus {@code .v1}. Messages evolve by addition only.
 */
@NullMarked
package io.showreel.contracts;

import org.jspecify.annotations.NullMarked;
