package io.showreel.render.start;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What an account has before it: each take begins when the pace allows and a slot is free, in the order of the queue.
 *
 * @param from nothing is submitted before
 * @param running when each prediction that takes a slot is expected to end
 */
record Outlook(Instant from, Duration pace, int slots, List<Instant> running) {

    /** @param lengths how long each waiting take usually takes, in the order of the queue */
    List<Instant> ends(List<Duration> lengths) {
        var free = new PriorityQueue<>(running);
        while (free.size() > slots) {
            free.remove();
        }
        while (free.size() < slots) {
            free.add(from);
        }
        var ends = new ArrayList<Instant>(lengths.size());
        var next = from;
        for (var length : lengths) {
            var slot = free.remove();
            var start = slot.isAfter(next) ? slot : next;
            var end = start.plus(length);
            free.add(end);
            ends.add(end);
            next = start.plus(pace);
        }
        return ends;
    }
}
