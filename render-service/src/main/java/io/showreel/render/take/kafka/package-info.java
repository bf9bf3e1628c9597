/** The requests that render-service reads. */
@NullMarked
package io.showreel.render.take.kafka;

import org.jspecify.annotations.NullMarked;
