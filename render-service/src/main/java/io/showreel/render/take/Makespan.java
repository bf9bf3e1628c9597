package io.showreel.render.take;

import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The shortest time in which an account's pace and cap allow some predictions. With N that take L each, one start every
 * s and room for c at once, that is (N-1)s + L, or floor((N-1)/c)L + ((N-1) mod c)s + L where the cap binds.
 */
public final class Makespan {

    private Makespan() {}

    /**
     * @param took what each took, in the order of their starts
     * @param pace between two starts
     * @param cap on how many run at once, at least 1
     * @return zero without any
     */
    public static Duration bound(List<Duration> took, Duration pace, int cap) {
        var ends = new PriorityQueue<Duration>();
        var start = Duration.ZERO.minus(pace);
        var last = Duration.ZERO;
        for (var length : took) {
            start = start.plus(pace);
            if (ends.size() == cap) {
                start = later(start, ends.remove());
            }
            var end = start.plus(length);
            ends.add(end);
            last = later(last, end);
        }
        return last;
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
