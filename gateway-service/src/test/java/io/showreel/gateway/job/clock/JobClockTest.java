package io.showreel.gateway.job.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.scene.SceneRequest.OnSceneFailure;
import io.showreel.gateway.job.JobSettings;
import io.showreel.messaging.Backlog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobClockTest {

    private static final long CUT = 1;
    private static final long SELECTION = 2;
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final Duration SELECTION_TIME = Duration.ofMinutes(10);

    private final Topics topics = new Topics();
    private final Told jobs = new Told();
    private final Moving clock = new Moving();
    private boolean stuck;
    private final JobClock jobClock = new JobClock(
            jobs,
            new Reach(topics, () -> stuck, clock),
            topics,
            new JobSettings(
                    "",
                    "",
                    OnSceneFailure.PARTIAL,
                    SELECTION_TIME,
                    Duration.ofHours(24),
                    GRACE,
                    "",
                    Duration.ofDays(30)));

    @Test
    void a_job_whose_time_is_up_is_told_once_everything_has_been_in_reach_for_the_grace() {
        jobs.due.add(CUT);

        tickFor(GRACE);
        assertThat(jobs.told).isEmpty();

        tickFor(Duration.ofSeconds(1));
        assertThat(jobs.told).contains(CUT);
    }

    @Test
    void after_an_outage_of_the_broker_the_grace_begins_anew() {
        tickFor(Duration.ofHours(1));
        jobs.due.add(CUT);
        topics.away = true;
        tickFor(Duration.ofSeconds(1));
        topics.away = false;

        tickFor(GRACE);
        assertThat(jobs.told).isEmpty();

        tickFor(Duration.ofSeconds(1));
        assertThat(jobs.told).contains(CUT);
    }

    @Test
    void while_our_own_messages_have_not_left_nobody_can_have_answered_them() {
        tickFor(Duration.ofHours(1));
        jobs.due.add(CUT);
        stuck = true;
        tickFor(Duration.ofHours(1));
        stuck = false;

        tickFor(GRACE);
        assertThat(jobs.told).isEmpty();

        tickFor(Duration.ofSeconds(1));
        assertThat(jobs.told).contains(CUT);
    }

    @Test
    void time_in_which_nobody_looked_is_an_outage_too() {
        tickFor(Duration.ofHours(1));
        jobs.due.add(CUT);
        clock.now = clock.now.plus(Duration.ofMinutes(20));

        tickFor(GRACE);

        assertThat(jobs.told).isEmpty();
    }

    @Test
    void a_selection_gets_its_whole_time_again_after_an_outage() {
        jobs.due.add(SELECTION);

        tickFor(SELECTION_TIME);
        assertThat(jobs.told).isEmpty();

        tickFor(Duration.ofSeconds(1));
        assertThat(jobs.told).contains(SELECTION);
    }

    @Test
    void what_had_been_said_is_read_first() {
        tickFor(Duration.ofHours(1));
        topics.read = false;
        jobs.due.add(CUT);

        tickFor(GRACE);
        assertThat(jobs.told).isEmpty();

        topics.read = true;
        tickFor(Duration.ofSeconds(1));
        assertThat(jobs.told).contains(CUT);
    }

    @Test
    void an_outage_while_reading_begins_everything_anew() {
        tickFor(Duration.ofHours(1));
        topics.read = false;
        jobs.due.add(CUT);
        tickFor(Duration.ofSeconds(1));
        topics.away = true;
        tickFor(Duration.ofSeconds(1));
        topics.away = false;
        topics.read = true;

        tickFor(GRACE);

        assertThat(jobs.told).isEmpty();
    }

    @Test
    void a_job_that_can_not_be_told_does_not_stop_the_clocks_of_the_others() {
        jobs.due.addAll(List.of(Told.UNREADABLE, CUT));

        tickFor(GRACE.plusSeconds(1));

        assertThat(jobs.told).contains(CUT);
    }

    /** Each second of a time, its first included. */
    private void tickFor(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            jobClock.tick();
            clock.now = clock.now.plus(Duration.ofSeconds(1));
        }
    }

    private static final class Told implements DueJobs {
        static final long UNREADABLE = 666;
        final List<Long> due = new ArrayList<>();
        final List<Long> told = new ArrayList<>();

        @Override
        public List<Long> due(boolean withSelections) {
            return due.stream()
                    .filter(job -> withSelections || job != SELECTION)
                    .toList();
        }

        @Override
        public void tell(long jobId) {
            if (jobId == UNREADABLE) {
                throw new IllegalStateException("unreadable");
            }
            told.add(jobId);
        }
    }

    private static final class Topics implements Backlog {
        boolean away;
        boolean read = true;

        @Override
        public Snapshot snapshot() {
            if (away) {
                throw new BacklogUnknownException(new IllegalStateException("away"));
            }
            return new Snapshot(Map.of());
        }

        @Override
        public boolean isRead(Snapshot snapshot) {
            return read && !away;
        }
    }

    private static final class Moving extends Clock {
        Instant now = Instant.parse("2030-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
