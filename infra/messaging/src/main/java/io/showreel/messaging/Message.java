package io.showreel.messaging;

/**
 * Something to be said on a topic. The topic is declared by its writer as a {@code NewTopic} bean (12 partitions) in the
 * one service that writes to it.
 *
 * @param key messages of one key are read in the order in which their transactions appended them, provided that these
 *     transactions lock something of that key
 * @param payload a record of the topic's vocabulary
 */
public record Message(String topic, String key, Object payload) {}
