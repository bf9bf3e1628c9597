package io.showreel.system.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Topics that keep the order of a key, as Kafka does, and nothing else: keys and topics overtake each other, a relay that
 * died sends its last messages again, and a group that died reads its last messages again.
 */
final class Wire {

    private static final int LONGEST_REPEAT = 4;

    private record Envelope(long id, Object message) {}

    private record Position(String group, String topic, long key) {}

    private final Dice dice;
    private final boolean inbox;
    private final Map<String, Map<Long, List<Envelope>>> topics = new HashMap<>();
    private final Map<String, Map<String, Consumer<Object>>> readers = new HashMap<>();
    private final Map<Position, Integer> positions = new HashMap<>();
    private final Map<String, Set<Long>> seen = new HashMap<>();
    private long ids;

    Wire(Dice dice, boolean inbox) {
        this.dice = dice;
        this.inbox = inbox;
    }

    void subscribe(String group, String topic, Consumer<Object> reader) {
        readers.computeIfAbsent(topic, name -> new HashMap<>()).put(group, reader);
    }

    void publish(String topic, long key, Object message) {
        var log = topics.computeIfAbsent(topic, name -> new HashMap<>()).computeIfAbsent(key, job -> new ArrayList<>());
        log.add(new Envelope(++ids, message));
        if (dice.oneIn(12)) {
            int from = Math.max(0, log.size() - 1 - dice.upTo(LONGEST_REPEAT));
            log.addAll(List.copyOf(log.subList(from, log.size())));
        }
    }

    /** @return whether there was anything to deliver */
    boolean deliverOne() {
        var waiting = waiting();
        if (waiting.isEmpty()) {
            return false;
        }
        var position = dice.pick(waiting);
        int offset = positions.getOrDefault(position, 0);
        var envelope = topics.get(position.topic()).get(position.key()).get(offset);
        // The group dies after its effect and before its offset: it reads some of it again.
        positions.put(position, dice.oneIn(15) ? Math.max(0, offset - dice.upTo(LONGEST_REPEAT)) : offset + 1);
        boolean isNew =
                seen.computeIfAbsent(position.group(), group -> new HashSet<>()).add(envelope.id());
        if (isNew || !inbox) {
            readers.get(position.topic()).get(position.group()).accept(envelope.message());
        }
        return true;
    }

    private List<Position> waiting() {
        var waiting = new ArrayList<Position>();
        readers.forEach((topic, groups) -> topics.getOrDefault(topic, Map.of())
                .forEach((key, log) -> groups.keySet().forEach(group -> {
                    var position = new Position(group, topic, key);
                    if (positions.getOrDefault(position, 0) < log.size()) {
                        waiting.add(position);
                    }
                })));
        return waiting;
    }
}
