package io.showreel.render.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.showreel.render.take.Ledger.Waiting;
import io.showreel.render.take.RenderTakes.News;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TidingsTest {

    private static final int SOME = 4;
    private static final int SLOTS = 4;
    private static final Duration USUAL = Duration.ofSeconds(90);
    private static final String HOLD = "no credit";

    private final Tidings tidings = new Tidings();
    private final List<Waiting> line = new ArrayList<>();
    /** As the gateway knows them. */
    private final Map<UUID, News> heard = new HashMap<>();

    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    /** When the predictions that run end. */
    private final List<Instant> running = new ArrayList<>(Collections.nCopies(SLOTS, now.plus(Duration.ofHours(1))));

    private @Nullable String hold;
    private int messages;

    @Test
    void a_job_behind_a_hundred_takes_of_others_hears_of_its_place_and_its_end() {
        enter(1, 100);
        enter(2, 1);

        pass(Duration.ofSeconds(1));

        assertThat(placeOf(2)).isEqualTo(101);
        assertThat(endOf(2)).isEqualTo(ends().get(100));
    }

    @Test
    void the_end_of_a_job_is_that_of_its_last_take() {
        enter(1, 100);

        pass(Duration.ofSeconds(1));

        assertThat(endOf(1)).isEqualTo(ends().getLast()).isAfter(now.plus(USUAL.multipliedBy(24)));
        assertThat(placeOf(1)).isEqualTo(1);
        assertThat(messages).isEqualTo(3);
    }

    @Test
    void no_job_hears_of_its_place_before_its_end() {
        takingTurns(30, 10);
        for (var tick = 0; tick < 40; tick++) {
            tick(tick);
            for (var job = 1L; job <= 30; job++) {
                assertThat(endOf(job) == null).isEqualTo(placeOf(job) == null);
                assertThat(endOf(job)).isIn(null, lastEndOf(job));
            }
        }
    }

    @Test
    void when_its_first_take_is_submitted_a_job_stands_where_its_second_does() {
        takingTurns(10, 4);
        pass(Duration.ofSeconds(10));

        submit();

        assertThat(placeOf(1)).isEqualTo(11);
    }

    @Test
    void on_hold_every_job_hears_of_it_once_and_once_that_it_is_over() {
        takingTurns(100, 3);
        pass(Duration.ofMinutes(2));
        messages = 0;

        hold = HOLD;
        pass(Duration.ofSeconds(26));
        assertThat(jobs()).allMatch(job -> HOLD.equals(holdOf(job)));
        assertThat(messages).isEqualTo(100);

        hold = null;
        pass(Duration.ofSeconds(60));
        assertThat(jobs()).allMatch(job -> holdOf(job) == null);
        assertThat(messages).as("and that all ends later").isLessThanOrEqualTo(100 + 300);
    }

    @Test
    void a_job_that_enters_while_nothing_is_submitted_hears_why_also_behind_the_fortieth() {
        enter(1, 100);
        hold = HOLD;
        pass(Duration.ofSeconds(1));

        enter(2, 4);
        pass(Duration.ofSeconds(1));

        assertThat(holdOf(2)).isEqualTo(HOLD);
        assertThat(placeOf(2)).isEqualTo(101);
    }

    @Test
    void of_a_thousand_waiting_takes_few_are_told_and_all_jobs_know() {
        takingTurns(250, 4);

        var most = 0;
        for (var tick = 0; tick < 1000; tick++) {
            var before = messages;
            tick(tick);
            most = Math.max(most, messages - before);
        }

        assertThat(most).isLessThanOrEqualTo(SOME);
        assertThat(jobs()).hasSize(250).allMatch(job -> placeOf(job) == indexOfFirst(job) + 1);
        assertThat(jobs()).allSatisfy(job -> assertThat(endOf(job)).isCloseTo(lastEndOf(job), within(SOON)));
        assertThat(messages).as("first and last, and the second of who is near").isEqualTo(2 * 250 + 40);
    }

    @ParameterizedTest
    @CsvSource({"3, 25", "22, 20"})
    void while_they_move_up_what_all_know_stays_near_the_truth(int seconds, int messagesForEach) {
        takingTurns(100, 3);
        pass(Duration.ofMinutes(2));
        messages = 0;

        for (var submitted = 0; submitted < 200; submitted++) {
            submit();
            pass(Duration.ofSeconds(seconds));
            assertThat(jobs()).allSatisfy(job -> {
                var place = indexOfFirst(job) + 1;
                assertThat(placeOf(job)).isCloseTo(place, within(1 + place / 4));
            });
        }

        assertThat(messages).isBetween(200 * 3, 200 * messagesForEach);
    }

    @Test
    void a_take_that_comes_back_is_told_its_place_again() {
        enter(1, 1);
        pass(Duration.ofSeconds(1));
        var take = line.getFirst();
        submit();
        pass(Duration.ofSeconds(1));
        assertThat(placeOf(1)).isNull();

        line.addFirst(take);
        pass(Duration.ofSeconds(1));

        assertThat(placeOf(1)).isEqualTo(1);
    }

    @Test
    void jobs_that_come_in_front_push_back_what_was_told() {
        takingTurns(5, 2);
        pass(Duration.ofSeconds(5));

        line.addAll(0, LongStream.range(100, 160).mapToObj(TidingsTest::take).toList());
        pass(Duration.ofSeconds(60));

        assertThat(placeOf(3)).isEqualTo(63);
    }

    @Test
    void who_may_have_more_takes_than_are_seen_hears_nothing_yet() {
        enter(1, 2);
        enter(2, 2);

        tidings.look(line, ends(), Set.of(1L), null, now);

        assertThat(tidings.next(SOME)).extracting(News::takeId).containsExactlyElementsOf(ids(line.subList(2, 4)));
    }

    @ParameterizedTest
    @CsvSource({"5, 4", "4, 3", "2, 1", "1, 2"})
    void those_in_front_hear_of_each_step(int before, int now) {
        assertThat(Tidings.moved(before, now)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"40, 32", "10, 8", "10, 12", "40, 1"})
    void those_further_back_hear_once_they_moved_by_a_fifth(int before, int now) {
        assertThat(Tidings.moved(before, now)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"40, 33", "40, 40", "10, 9", "3, 3"})
    void less_is_no_news(int before, int now) {
        assertThat(Tidings.moved(before, now)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"100, 125, true", "100, 80, true", "100, 119, false", "20, 28, false", "20, 31, true", "20, -5, true"})
    void an_end_is_news_once_it_shifts_by_a_fifth_of_what_is_left_and_more_than_a_moment(
            long before, long after, boolean isNews) {
        assertThat(Tidings.shifted(now.plusSeconds(before), now.plusSeconds(after), now) > 0)
                .isEqualTo(isNews);
    }

    private static final Duration SOON = Duration.ofSeconds(30);

    /** Four ticks a second, and a look with each fourth. */
    private void pass(Duration time) {
        for (var tick = 0; tick < time.toSeconds() * 4; tick++) {
            tick(tick);
        }
    }

    private void tick(int tick) {
        now = now.plusMillis(250);
        if (tick % 4 == 0) {
            tidings.look(List.copyOf(line), hold == null ? ends() : List.of(), Set.of(), hold, now);
        }
        var next = tidings.next(SOME);
        tidings.told(next);
        next.stream().filter(news -> ids(line).contains(news.takeId())).forEach(news -> heard.put(news.takeId(), news));
        messages += next.size();
    }

    /** A prediction ended, and the next take is submitted and says so. */
    private void submit() {
        running.remove(Collections.min(running));
        running.add(now.plus(USUAL));
        heard.remove(line.removeFirst().takeId());
    }

    private List<Instant> ends() {
        return new Outlook(now, Duration.ofSeconds(1), SLOTS, running).ends(Collections.nCopies(line.size(), USUAL));
    }

    private void enter(long job, int takes) {
        IntStream.range(0, takes).forEach(n -> line.add(take(job)));
    }

    private void takingTurns(int jobs, int takes) {
        IntStream.range(0, takes)
                .forEach(turn -> LongStream.rangeClosed(1, jobs).forEach(job -> line.add(take(job))));
    }

    private static Waiting take(long job) {
        return new Waiting(UUID.randomUUID(), job, "model");
    }

    private static List<UUID> ids(List<Waiting> takes) {
        return takes.stream().map(Waiting::takeId).toList();
    }

    private List<Long> jobs() {
        return line.stream().map(Waiting::jobId).distinct().toList();
    }

    private int indexOfFirst(long job) {
        return line.stream().map(Waiting::jobId).toList().indexOf(job);
    }

    private @Nullable Instant lastEndOf(long job) {
        return ends().get(line.stream().map(Waiting::jobId).toList().lastIndexOf(job));
    }

    private Stream<News> heardOf(long job) {
        return line.stream()
                .filter(take -> take.jobId() == job)
                .map(take -> heard.get(take.takeId()))
                .filter(Objects::nonNull);
    }

    /** As the gateway shows it. */
    private @Nullable Integer placeOf(long job) {
        return heardOf(job).map(News::place).min(Comparator.naturalOrder()).orElse(null);
    }

    private @Nullable Instant endOf(long job) {
        return heardOf(job)
                .map(News::expectedAt)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private @Nullable String holdOf(long job) {
        return heardOf(job).map(News::hold).filter(Objects::nonNull).findFirst().orElse(null);
    }
}
