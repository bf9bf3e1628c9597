/** What clients read and ask of jobs over HTTP. */
@NullMarked
package io.showreel.gateway.rest;

import org.jspecify.annotations.NullMarked;
