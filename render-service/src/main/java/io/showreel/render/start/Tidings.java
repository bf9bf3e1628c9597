package io.showreel.render.start;

import io.showreel.render.take.Ledger.Waiting;
import io.showreel.render.take.RenderTakes.News;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What jobs are told while they wait. The place of a job is that of its first waiting take, and it ends with its last,
 * so only these two are told; in the front of the line the second, too, which is the first as soon as that is
 * submitted. On hold only the first is told. Those in front hear of each step, and others once their place or what is
 * left of their time differs by a fifth from what they were told; who was told nothing yet comes before them.
 */
final class Tidings {

    private static final int IN_FRONT = 4;
    private static final Duration SLIGHT = Duration.ofSeconds(10);
    private static final double STEP_IN_FRONT = 2000;
    private static final double UNHEARD = 1000;

    private final Map<UUID, News> told = new HashMap<>();
    private Queue<OfJob> untold = new ArrayDeque<>();

    /**
     * What there is to tell one job.
     *
     * @param urgency how wrong is what it was told
     */
    private record OfJob(List<News> news, double urgency) {}

    /**
     * Looks at those that wait, in the order of the queue.
     *
     * @param ends when each is expected to be rendered; empty while the account is on hold
     * @param strangers jobs of which some takes may not be among them
     */
    void look(List<Waiting> line, List<Instant> ends, Set<Long> strangers, @Nullable String hold, Instant now) {
        var ids = HashSet.<UUID>newHashSet(line.size());
        line.forEach(take -> ids.add(take.takeId()));
        told.keySet().retainAll(ids);
        var urgent = new ArrayList<OfJob>();
        candidates(line, hold).forEach((job, indices) -> {
            if (hold != null || !strangers.contains(job)) {
                var news = new ArrayList<News>();
                var urgency = 0.0;
                for (int index : indices) {
                    var take =
                            new News(line.get(index).takeId(), index + 1, hold == null ? ends.get(index) : null, hold);
                    var weight = urgency(told.get(take.takeId()), take, now);
                    if (weight > 0) {
                        news.add(take);
                        urgency = Math.max(urgency, weight);
                    }
                }
                if (!news.isEmpty()) {
                    urgent.add(new OfJob(news, urgency));
                }
            }
        });
        urgent.sort(Comparator.comparingDouble(OfJob::urgency).reversed());
        untold = new ArrayDeque<>(urgent);
    }

    /** Which takes of each job may have something to be told. */
    private Map<Long, List<Integer>> candidates(List<Waiting> line, @Nullable String hold) {
        var candidates = new LinkedHashMap<Long, List<Integer>>();
        var lasts = new HashMap<Long, Integer>();
        var seconds = new HashSet<Long>();
        for (var index = 0; index < line.size(); index++) {
            var take = line.get(index);
            var ofJob = candidates.get(take.jobId());
            if (ofJob == null) {
                candidates.put(take.jobId(), new ArrayList<>(List.of(index)));
                continue;
            }
            var isSecond = ofJob.getFirst() < Line.FRONT && seconds.add(take.jobId());
            var before = told.get(take.takeId());
            if (hold == null ? isSecond || before != null : before != null && before.hold() != null) {
                ofJob.add(index);
            }
            lasts.put(take.jobId(), index);
        }
        if (hold == null) {
            lasts.forEach((job, last) -> {
                var ofJob = Objects.requireNonNull(candidates.get(job));
                if (!ofJob.getLast().equals(last)) {
                    ofJob.add(last);
                }
            });
        }
        return candidates;
    }

    /** What is most urgent, each job's together, so that no job is told a place without an end; some at once. */
    List<News> next(int some) {
        var next = new ArrayList<News>();
        for (var job = untold.peek(); job != null; job = untold.peek()) {
            if (!next.isEmpty() && next.size() + job.news().size() > some) {
                break;
            }
            next.addAll(job.news());
            untold.remove();
        }
        return next;
    }

    void told(List<News> news) {
        news.forEach(take -> told.put(take.takeId(), take));
    }

    /** Zero if it is not worth telling. */
    private static double urgency(@Nullable News before, News now, Instant at) {
        if (before == null || !Objects.equals(before.hold(), now.hold())) {
            return UNHEARD;
        }
        var wrong = Math.max(moved(before.place(), now.place()), shifted(before.expectedAt(), now.expectedAt(), at));
        // Whoever finds out whether the hold still lasts leaves the line and comes back: those are no steps.
        return now.hold() == null ? wrong : Math.min(wrong, 1);
    }

    static double moved(int before, int now) {
        if (now <= IN_FRONT) {
            return now == before ? 0 : STEP_IN_FRONT;
        }
        var step = Math.abs(before - now);
        return step * 5 >= before ? (double) step / before : 0;
    }

    /** The same for an end, of which a few seconds say nothing. */
    static double shifted(@Nullable Instant before, @Nullable Instant now, Instant at) {
        if (before == null || now == null) {
            return 0;
        }
        var shift = Duration.between(before, now).abs();
        var left = Duration.between(at, now).toMillis();
        return shift.compareTo(SLIGHT) >= 0 && shift.toMillis() * 5 >= left
                ? (double) shift.toMillis() / Math.max(left, 1)
                : 0;
    }
}
