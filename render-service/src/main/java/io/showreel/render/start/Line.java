package io.showreel.render.start;

import io.showreel.render.take.Ledger.Waiting;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Those who wait, in the order of the queue. The front is as it is now, the rest as it was when all was read: it only
 * moves up meanwhile, but for those that enter there or give up.
 *
 * @param jobs of which all takes were seen
 */
record Line(List<Waiting> takes, Set<Long> jobs) {

    static final int FRONT = 40;
    static final Line EMPTY = new Line(List.of(), Set.of());

    static Line whole(List<Waiting> takes) {
        return new Line(takes, takes.stream().map(Waiting::jobId).collect(Collectors.toUnmodifiableSet()));
    }

    /** @param front that is known to have come up since */
    Line moved(List<Waiting> front) {
        var isInFront = new HashSet<>(front);
        var behind = takes.size();
        while (behind > 0 && !isInFront.contains(takes.get(behind - 1))) {
            behind--;
        }
        return new Line(
                Stream.concat(front.stream(), takes.stream().skip(behind)).toList(), jobs);
    }

    /** Jobs of which there may be more takes than these. */
    Set<Long> strangers() {
        return takes.stream()
                .limit(FRONT)
                .map(Waiting::jobId)
                .filter(job -> !jobs.contains(job))
                .collect(Collectors.toUnmodifiableSet());
    }
}
