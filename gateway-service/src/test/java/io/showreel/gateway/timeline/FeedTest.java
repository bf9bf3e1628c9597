package io.showreel.gateway.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.gateway.forecast.Forecasts;
import io.showreel.gateway.job.Lives;
import io.showreel.gateway.job.StoredJob;
import io.showreel.gateway.timeline.Notice.Happened;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class FeedTest {

    private static final long JOB = 7;
    private static final Forecasts FORECASTS = new Forecasts(Clock.systemUTC());

    private final Rows rows = new Rows();
    private final Sinks.Many<Long> wakes = Sinks.many().multicast().directBestEffort();
    private final Sinks.Empty<Void> closing = Sinks.empty();
    private final AtomicLong newest = new AtomicLong();
    private Mono<StoredJob> job = Mono.just(Lives.ready(1));

    private final Feed feed = new Feed(
            id -> Mono.defer(() -> job),
            rows,
            FORECASTS,
            id -> wakes.asFlux().startWith(0L).onBackpressureLatest(),
            id -> newest.get(),
            closing.asMono());

    @Test
    void a_reader_is_told_all_that_it_missed_and_then_what_comes() {
        rows.fill(250);
        var reader = follow(200, Long.MAX_VALUE);

        assertThat(reader.ids())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(201, 250).boxed().toList());

        rows.fill(251);
        wake();

        assertThat(reader.ids()).endsWith(250L, 251L);
        assertThat(reader.told).filteredOn(Notice.Stands.class::isInstance).hasSize(1);
    }

    @Test
    void nothing_is_held_for_a_slow_reader_but_one_batch() {
        rows.fill(10_000);
        var reader = follow(0, 1);
        for (int change = 0; change < 1_000; change++) {
            wake();
        }

        assertThat(reader.ids()).containsExactly(1L);
        assertThat(rows.read).isLessThanOrEqualTo(200);

        reader.request(Long.MAX_VALUE);
        assertThat(reader.ids()).hasSize(10_000);
    }

    @Test
    void readers_who_came_equally_far_share_one_look() {
        var held = Sinks.<StoredJob>one();
        job = held.asMono();
        var readers = new ArrayList<Reader>();
        for (int n = 0; n < 100; n++) {
            readers.add(follow(0, Long.MAX_VALUE));
        }
        rows.fill(3);
        held.tryEmitValue(Lives.ready(1));

        assertThat(readers).allSatisfy(reader -> assertThat(reader.ids()).containsExactly(1L, 2L, 3L));
        assertThat(rows.looks).isEqualTo(1);
    }

    @Test
    void a_look_that_began_before_a_change_is_not_shared_by_who_comes_after_it() {
        var held = Sinks.<StoredJob>one();
        job = held.asMono();
        var early = follow(0, Long.MAX_VALUE);
        newest.set(2);
        rows.fill(1);
        job = Mono.just(Lives.ready(2));

        var late = follow(0, Long.MAX_VALUE);

        assertThat(late.ids()).containsExactly(1L);
        assertThat(early.told).isEmpty();
    }

    @Test
    void a_stream_ends_with_its_job_with_this_replica_and_with_a_look_that_fails() {
        var ofAClosing = follow(0, Long.MAX_VALUE);
        closing.tryEmitEmpty();
        assertThat(ofAClosing.ended).isTrue();

        var other = new Feed(
                id -> Mono.empty(), rows, FORECASTS, id -> wakes.asFlux().startWith(0L), id -> 0, Mono.never());
        var ofNoJob = new Reader(1);
        other.from(JOB, 0).subscribe(ofNoJob);
        assertThat(ofNoJob.ended).isTrue();

        var broken = new Feed(
                id -> Mono.error(new IllegalStateException("away")),
                rows,
                FORECASTS,
                id -> wakes.asFlux().startWith(0L),
                id -> 0,
                Mono.never());
        var ofALook = new Reader(1);
        broken.from(JOB, 0).subscribe(ofALook);
        assertThat(ofALook.ended).isTrue();
    }

    private void wake() {
        wakes.tryEmitNext(newest.incrementAndGet());
    }

    private Reader follow(long after, long demand) {
        var reader = new Reader(demand);
        feed.from(JOB, after).subscribe(reader);
        return reader;
    }

    private static final class Reader extends BaseSubscriber<Notice> {

        final List<Notice> told = new ArrayList<>();
        boolean ended;
        private final long demand;

        Reader(long demand) {
            this.demand = demand;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(demand);
        }

        @Override
        protected void hookOnNext(Notice notice) {
            told.add(notice);
        }

        @Override
        protected void hookOnComplete() {
            ended = true;
        }

        List<Long> ids() {
            return told.stream()
                    .filter(Happened.class::isInstance)
                    .map(notice -> ((Happened) notice).moment().id())
                    .toList();
        }
    }

    /** A timeline in memory, which counts what is read of it. */
    private static final class Rows implements Timeline {

        private final List<Moment> moments = new ArrayList<>();
        private int looks;
        private int read;

        void fill(int upTo) {
            for (long id = moments.size() + 1L; id <= upTo; id++) {
                moments.add(new Moment(id, "take_started", Instant.EPOCH, "render_service", null, Map.of()));
            }
        }

        @Override
        public Mono<Void> append(long jobId, Instant occurredAt, List<Happening> happenings) {
            return Mono.error(new UnsupportedOperationException());
        }

        @Override
        public Mono<List<Moment>> after(long jobId, long id, int limit) {
            return Mono.fromSupplier(() -> {
                looks++;
                var found = moments.stream()
                        .filter(moment -> moment.id() > id)
                        .limit(limit)
                        .toList();
                read += found.size();
                return found;
            });
        }

        @Override
        public Mono<List<Moment>> page(long jobId, int limit, int offset) {
            return Mono.error(new UnsupportedOperationException());
        }

        @Override
        public Mono<Long> count(long jobId) {
            return Mono.error(new UnsupportedOperationException());
        }
    }
}
