/** The API's own description, for whoever generates a client from it. */
@NullMarked
package io.showreel.gateway.document;

import org.jspecify.annotations.NullMarked;
