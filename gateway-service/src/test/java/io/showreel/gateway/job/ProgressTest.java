package io.showreel.gateway.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.scene.SceneEvent.TakePhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProgressTest {

    /** In the order of a film of two clips. */
    private static final List<Fact> LIFE = List.of(
            Given.chosen(1),
            Given.approved(),
            Given.started(1, Given.clip(1)),
            Given.progressed(1, Given.clip(1), TakePhase.PROCESSING),
            Given.progressed(1, Given.clip(1), TakePhase.DOWNLOADING),
            Given.rendered(1, Given.clip(1)),
            Given.started(1, Given.clip(2)),
            Given.progressed(1, Given.clip(2), TakePhase.PROCESSING),
            Given.rendered(1, Given.clip(2)),
            Given.cuttingStarted(1),
            Given.cuttingProgressed(1, 50),
            Given.closed(1, "0.60"),
            Given.published(1));

    /** Of a film of ten seconds: choosing, starting, rendering, fetching and cutting, in seconds. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // all alike: a fifth is chosen, three fifths are two clips, a fifth is cut
                "10 10 10 10 10 | 0 20 20 20 29 39 49 49 59 79 79 88 88 100",
                // a slow model
                "1 1 96 1 1     | 0 1 1 1 1 48 49 49 50 97 97 98 98 100",
                // cutting takes as long as all else
                "10 10 20 10 50 | 0 10 10 10 14 24 29 29 34 49 49 74 74 100",
                // nobody knows anything
                "0 0 0 0 0      | 0 99 99 99 99 99 99 99 99 99 99 99 99 100",
            })
    void a_job_is_as_far_as_the_time_expected_for_what_is_done(String seconds, String percents) {
        assertThat(progress(times(seconds), LIFE))
                .containsExactlyElementsOf(
                        Stream.of(percents.split(" ")).map(Integer::valueOf).toList());
    }

    @ParameterizedTest
    @MethodSource
    void it_never_falls(StageTimes times) {
        assertThat(progress(times, LIFE)).isSorted().first().isEqualTo(0);
    }

    static Stream<StageTimes> it_never_falls() {
        var lengths = List.of(0, 1, 30, 5_000);
        return lengths.stream().flatMap(choosing -> lengths.stream().flatMap(rendering -> lengths.stream()
                .map(cutting -> new StageTimes(
                        Duration.ofSeconds(choosing),
                        Duration.ofSeconds(choosing),
                        Duration.ofSeconds(rendering),
                        Duration.ofSeconds(rendering),
                        Duration.ofSeconds(cutting)))));
    }

    @Test
    void what_was_expected_at_the_order_holds_for_the_whole_job() {
        assertThat(progress(null, LIFE)).isEqualTo(progress(StageTimes.USUAL, LIFE));
    }

    private static List<Integer> progress(@Nullable StageTimes times, List<Fact> life) {
        Job job = Job.evolve(
                new Job.Unborn(), Given.created(Given.order().pace(times).build()));
        var seen = new ArrayList<Integer>();
        seen.add(Standing.of(job).progress());
        for (var fact : life) {
            job = Job.evolve(job, fact);
            seen.add(Standing.of(job).progress());
        }
        return seen;
    }

    private static StageTimes times(String seconds) {
        var each = Stream.of(seconds.strip().split(" "))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .toList();
        return new StageTimes(
                each.get(0), each.get(1), each.get(2), each.get(3), each.get(4).dividedBy(10));
    }
}
