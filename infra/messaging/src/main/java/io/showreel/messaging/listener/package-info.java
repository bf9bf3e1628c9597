/** Reads the subscribed topics and hands each message to its handler, in one transaction with the inbox. */
@NullMarked
package io.showreel.messaging.listener;

import org.jspecify.annotations.NullMarked;
