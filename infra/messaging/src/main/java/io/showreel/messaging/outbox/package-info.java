/** Keeps messages in the writer's transaction and relays them to Kafka in order. */
@NullMarked
package io.showreel.messaging.outbox;

import org.jspecify.annotations.NullMarked;
