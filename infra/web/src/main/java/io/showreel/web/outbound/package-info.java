/** Reaches addresses that users give, without letting them reach what only this machine can. */
@NullMarked
package io.showreel.web.outbound;

import org.jspecify.annotations.NullMarked;
