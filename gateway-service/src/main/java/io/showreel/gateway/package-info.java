/** The one service that clients talk to: the Job, its REST API, and the routes to the rest. */
@NullMarked
package io.showreel.gateway;

import org.jspecify.annotations.NullMarked;
