package io.showreel.messaging.listener;

/** The consumer group of a service, which has its name. */
record Group(String id) {

    /** Where a topic's records go that this group can't handle. */
    String deadLettersOf(String topic) {
        return "%s.%s.dlt".formatted(topic, id);
    }
}
