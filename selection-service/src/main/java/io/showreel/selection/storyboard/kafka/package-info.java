/** Hears commands and says what was selected, on Kafka; at least once, and always under the same id. */
@NullMarked
package io.showreel.selection.storyboard.kafka;

import org.jspecify.annotations.NullMarked;
