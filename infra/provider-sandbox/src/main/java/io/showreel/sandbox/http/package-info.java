/**
 * A small HTTP server with virtual threads: routes, requests and replies as values. It stands on the JDK's server, so
 * that the tests of reactive services don't get a second web stack on their class path.
 */
@NullMarked
package io.showreel.sandbox.http;

import org.jspecify.annotations.NullMarked;
