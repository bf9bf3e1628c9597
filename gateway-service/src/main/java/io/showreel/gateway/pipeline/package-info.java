/** How films are made unless a job says otherwise: settings of each step, which a person changes while all is running. */
@NullMarked
package io.showreel.gateway.pipeline;

import org.jspecify.annotations.NullMarked;
