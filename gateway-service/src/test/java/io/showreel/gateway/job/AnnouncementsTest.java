package io.showreel.gateway.job;

import static io.showreel.gateway.job.Given.clip;
import static io.showreel.gateway.job.Given.closed;
import static io.showreel.gateway.job.Given.lost;
import static io.showreel.gateway.job.Given.rendered;
import static io.showreel.gateway.job.Given.withdrawn;
import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.job.JobEvent;
import io.showreel.contracts.job.JobEvent.CutClosed;
import io.showreel.contracts.job.JobEvent.JobApproved;
import io.showreel.contracts.job.JobEvent.JobCanceled;
import io.showreel.contracts.job.JobEvent.JobCompleted;
import io.showreel.contracts.job.JobEvent.JobCreated;
import io.showreel.contracts.job.JobEvent.JobFailed;
import io.showreel.contracts.job.JobEvent.StoryboardReady;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever integrates with Showreel hears of each thing once, in whatever order and however often it was reported. */
class AnnouncementsTest {

    private static final List<Fact> RENDERED = List.of(rendered(1, clip(1)), rendered(1, clip(2)), closed(1, "1.20"));
    private static final List<Fact> PUBLISHED = List.of(Given.cuttingStarted(1), Given.published(1));

    /** What two topics, or a topic and a person, say of one cut; and the ends that it may have. */
    static Stream<Arguments> lives() {
        return Stream.of(
                Arguments.of("a film", RENDERED, PUBLISHED, Set.of(JobCompleted.class)),
                Arguments.of(
                        "a partial film",
                        List.of(rendered(1, clip(1)), lost(1, clip(2)), closed(1, "0.60")),
                        List.of(Given.published(1, Given.scene(2))),
                        Set.of(JobCompleted.class)),
                Arguments.of(
                        "no clip",
                        List.of(lost(1, clip(1)), lost(1, clip(2)), closed(1, "0")),
                        List.of(),
                        Set.of(JobFailed.class)),
                Arguments.of(
                        "a failed cutting",
                        RENDERED,
                        List.of(Given.cuttingStarted(1), Given.cuttingFailed(1)),
                        Set.of(JobFailed.class)),
                Arguments.of(
                        "a cancel",
                        List.of(withdrawn(1, clip(1)), withdrawn(1, clip(2)), closed(1, "0")),
                        List.of(new Fact.CancelAccepted()),
                        Set.of(JobCanceled.class, JobFailed.class)),
                Arguments.of(
                        "a cancel of what was rendered",
                        RENDERED,
                        List.of(new Fact.CancelAccepted()),
                        Set.of(JobCanceled.class)),
                Arguments.of(
                        "a cut whose time is up",
                        List.of(rendered(1, clip(1)), withdrawn(1, clip(2)), closed(1, "0.60")),
                        List.of(new Fact.TimeIsUp(Given.CUT_DUE)),
                        Set.of(JobFailed.class)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lives")
    void each_thing_is_announced_once(
            String name, List<Fact> one, List<Fact> other, Set<Class<? extends JobEvent>> ends) {
        for (var order : Given.interleavings(one, other)) {
            var announced = announced(twice(order));

            assertThat(announced)
                    .as("%s", order)
                    .containsEntry(JobCreated.class, 1L)
                    .containsEntry(StoryboardReady.class, 1L)
                    .containsEntry(JobApproved.class, 1L)
                    .containsEntry(CutClosed.class, 1L);
            var ended = Stream.<Class<? extends JobEvent>>of(JobCompleted.class, JobFailed.class, JobCanceled.class)
                    .filter(announced::containsKey)
                    .toList();
            assertThat(ended).as("%s", order).hasSize(1).isSubsetOf(ends);
            assertThat(announced.get(ended.getFirst())).isEqualTo(1);
        }
    }

    /** Each fact twice in a row, and all of them again at the end. */
    private static List<Fact> twice(List<Fact> facts) {
        var repeated = new ArrayList<Fact>(
                List.of(Given.created(Given.order().build()), Given.chosen(1), Given.chosen(1), Given.approved()));
        facts.forEach(fact -> repeated.addAll(List.of(fact, fact)));
        repeated.addAll(facts);
        return repeated;
    }

    private static Map<Class<? extends JobEvent>, Long> announced(List<Fact> facts) {
        return Given.effects(new Job.Unborn(), facts).stream()
                .filter(Effect.Announce.class::isInstance)
                .map(effect -> ((Effect.Announce) effect).event())
                .collect(Collectors.groupingBy(
                        event -> event.getClass().asSubclass(JobEvent.class), Collectors.counting()));
    }
}
