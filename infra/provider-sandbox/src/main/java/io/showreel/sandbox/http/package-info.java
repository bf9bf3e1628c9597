/** A small HTTP server with virtual threads: routes, requests and replies as values. */
@NullMarked
package io.showreel.sandbox.http;

import org.jspecify.annotations.NullMarked;
