package io.showreel.gateway.job;

import static io.showreel.gateway.job.Given.CUT_DUE;
import static io.showreel.gateway.job.Given.MUSIC_TAKE;
import static io.showreel.gateway.job.Given.NOW;
import static io.showreel.gateway.job.Given.SELECTION_DUE;
import static io.showreel.gateway.job.Given.approved;
import static io.showreel.gateway.job.Given.chosen;
import static io.showreel.gateway.job.Given.clip;
import static io.showreel.gateway.job.Given.closed;
import static io.showreel.gateway.job.Given.created;
import static io.showreel.gateway.job.Given.cuttingFailed;
import static io.showreel.gateway.job.Given.cuttingProgressed;
import static io.showreel.gateway.job.Given.cuttingStarted;
import static io.showreel.gateway.job.Given.effects;
import static io.showreel.gateway.job.Given.fold;
import static io.showreel.gateway.job.Given.id;
import static io.showreel.gateway.job.Given.interleavings;
import static io.showreel.gateway.job.Given.lost;
import static io.showreel.gateway.job.Given.order;
import static io.showreel.gateway.job.Given.permutations;
import static io.showreel.gateway.job.Given.progressed;
import static io.showreel.gateway.job.Given.published;
import static io.showreel.gateway.job.Given.ready;
import static io.showreel.gateway.job.Given.rendered;
import static io.showreel.gateway.job.Given.rendering;
import static io.showreel.gateway.job.Given.scene;
import static io.showreel.gateway.job.Given.started;
import static io.showreel.gateway.job.Given.withdrawn;
import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.Usd;
import io.showreel.contracts.job.JobCommand;
import io.showreel.contracts.job.JobEvent;
import io.showreel.contracts.scene.SceneEvent.TakePhase;
import io.showreel.contracts.scene.SceneRequest;
import io.showreel.contracts.scene.SceneRequest.WithdrawalReason;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.contracts.storyboard.StoryboardEvent;
import io.showreel.gateway.job.Standing.Stage;
import io.showreel.gateway.job.Standing.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JobTest {

    @Test
    void a_new_job_asks_for_a_selection_and_tells_which_photos_it_may_use() {
        var effects = effects(new Job.Unborn(), List.of(created(order().build())));

        assertThat(announced(effects, JobEvent.JobCreated.class).getFirst().assetIds())
                .hasSize(4);
        assertThat(effects)
                .filteredOn(Effect.AskSelection.class::isInstance)
                .singleElement()
                .satisfies(effect -> assertThat(
                                ((JobCommand.SelectScenes) ((Effect.AskSelection) effect).command()).selection())
                        .isEqualTo(1));
    }

    @Test
    void a_chosen_storyboard_waits_for_approval_without_a_deadline() {
        var job = ready(order().build());

        assertThat(Standing.of(job).stage()).isEqualTo(Stage.STORYBOARD_READY);
        assertThat(Job.dueOf(job)).isNull();
    }

    @Test
    void an_answer_to_an_older_selection_is_ignored() {
        var failed = fold(
                new Job.Unborn(),
                List.of(created(order().build()), new Fact.SelectionRefused(1, Problem.of("no_pairs", "No pairs"))));
        var retried = Job.evolve(failed, new Fact.Retried(null, Map.of(), SELECTION_DUE));

        assertThat(Job.evolve(retried, chosen(1))).isEqualTo(retried);
        assertThat(Job.evolve(retried, chosen(2))).isInstanceOf(Job.Ready.class);
    }

    @Test
    void a_selection_that_takes_too_long_fails_and_can_be_retried() {
        var selecting = fold(new Job.Unborn(), List.of(created(order().build())));

        assertThat(Job.evolve(selecting, new Fact.TimeIsUp(SELECTION_DUE.minusMillis(1))))
                .isEqualTo(selecting);
        var failed = Job.evolve(selecting, new Fact.TimeIsUp(SELECTION_DUE));
        assertThat(Standing.of(failed).stage()).isEqualTo(Stage.SELECTION_FAILED);
        assertThat(Standing.of(failed).status()).isEqualTo(Status.PENDING);
        assertThat(Job.decide(failed, retry())).isInstanceOf(Decision.Accepted.class);
    }

    @Test
    void a_storyboard_of_photos_that_were_not_offered_is_unusable() {
        var stranger = new Fact.StoryboardChosen(
                1,
                List.of(Given.chosenScene("Hook", 1, 99)),
                StoryboardEvent.Origin.MODEL,
                null,
                List.of(new Fact.SceneIds(scene(1), clip(1))),
                MUSIC_TAKE,
                CUT_DUE);
        var job = fold(new Job.Unborn(), List.of(created(order().build()), stranger));

        assertThat(Standing.of(job).problem()).extracting(Problem::code).isEqualTo("unusable_storyboard");
    }

    @Test
    void scenes_of_types_that_were_not_asked_for_are_refused() {
        assertThat(Standing.of(ready(order().sceneTypes("hook").build())).stage())
                .isEqualTo(Stage.STORYBOARD_READY);
        assertThat(Standing.of(ready(order().sceneTypes("kitchen").build())).problem())
                .extracting(Problem::code)
                .isEqualTo("invalid_scene_types");
    }

    @Test
    void approval_asks_for_the_whole_cut_once() {
        var job = ready(order().music().maxCost("3").build());

        var approval = Job.decide(job, new Command.Approve("\"1.0\"", Usd.of("2.5"), CUT_DUE));
        var effects = effects(job, ((Decision.Accepted) approval).facts());

        assertThat(requests(effects, SceneRequest.CutRequested.class))
                .singleElement()
                .satisfies(cut -> {
                    assertThat(cut.maxCost()).isEqualTo(Usd.of("2.5"));
                    assertThat(cut.takes())
                            .extracting(take -> take.input().kind())
                            .containsExactly(TakeKind.CLIP, TakeKind.CLIP, TakeKind.MUSIC);
                    assertThat(cut.takes().getFirst().input().length()).isEqualTo(Duration.ofSeconds(6));
                    assertThat(cut.takes().getLast().input().length()).isEqualTo(Duration.ofSeconds(10));
                    assertThat(cut.finish().scenes())
                            .allSatisfy(scene -> assertThat(scene.length()).isEqualTo(Duration.ofSeconds(5)));
                });
        var approved = fold(job, ((Decision.Accepted) approval).facts());
        assertThat(Job.decide(approved, new Command.Approve(null, null, CUT_DUE)))
                .extracting("code")
                .isEqualTo(Decision.Code.JOB_NOT_PENDING);
        assertThat(effects(approved, List.of(approved()))).isEmpty();
    }

    @Test
    void a_stale_storyboard_is_not_approved() {
        assertThat(Job.decide(ready(order().build()), new Command.Approve("\"0.9\"", null, CUT_DUE)))
                .extracting("code")
                .isEqualTo(Decision.Code.STORYBOARD_CHANGED);
    }

    @Test
    void a_job_that_approves_itself_renders_at_once() {
        var job = ready(order().autoApprove().build());

        assertThat(job).isInstanceOf(Job.Rendering.class);
        assertThat(Job.dueOf(job)).isEqualTo(CUT_DUE);
    }

    @Test
    void what_turns_up_after_the_end_is_added_to_its_costs_and_announced() {
        var start = rendering(order().build());
        var completed = List.<Fact>of(rendered(1, clip(1)), rendered(1, clip(2)), closed(1, "1.40"), published(1));
        var failed = List.<Fact>of(lost(1, clip(1)), lost(1, clip(2)), closed(1, "0.40"));
        var canceled = List.<Fact>of(
                new Fact.CancelAccepted(), withdrawn(1, clip(1)), withdrawn(1, clip(2)), closed(1, "0.80"));
        for (var life : List.of(completed, failed, canceled)) {
            var ended = fold(start, life);
            var late = List.<Fact>of(closed(1, "2.20"), closed(1, "2.20"), closed(1, "1.00"));
            var after = fold(ended, late);
            assertThat(after).isExactlyInstanceOf(ended.getClass());
            assertThat(Job.spentOf(after)).isEqualTo(Usd.of("2.20"));
            assertThat(announced(effects(ended, late), JobEvent.CutClosed.class))
                    .extracting(JobEvent.CutClosed::spent)
                    .containsExactly(Usd.of("2.20"));
            assertThat(announced(effects(ended, late), JobEvent.JobCompleted.class))
                    .isEmpty();
        }
    }

    @Test
    void a_film_needs_its_publication_and_the_closed_cut_in_any_order_of_topics() {
        var start = rendering(order().music().build());
        var scenes = List.of(
                started(1, clip(1)),
                rendered(1, clip(1)),
                rendered(1, clip(1)),
                rendered(1, MUSIC_TAKE),
                rendered(1, clip(2)),
                closed(1, "1.40"));
        var films = List.of(cuttingStarted(1), cuttingProgressed(1, 50), published(1), published(1));

        var ends = new HashSet<Job>();
        for (var facts : interleavings(scenes, films)) {
            ends.add(fold(start, facts));
            var effects = effects(start, facts);
            assertThat(announced(effects, JobEvent.JobCompleted.class)).hasSize(1);
            assertThat(announced(effects, JobEvent.CutClosed.class)).hasSize(1);
        }

        assertThat(ends).hasSize(1);
        assertThat(ends.iterator().next()).isInstanceOfSatisfying(Job.Completed.class, completed -> {
            assertThat(completed.film().revision()).isEqualTo(1);
            assertThat(completed.cut().spent()).isEqualTo(Usd.of("1.40"));
        });
    }

    @Test
    void even_facts_that_overtake_each_other_within_a_topic_come_to_the_same_end() {
        var start = rendering(order().build());
        var facts = List.of(
                rendered(1, clip(1)),
                rendered(1, clip(2)),
                closed(1, "1.20"),
                cuttingStarted(1),
                published(1),
                closed(1, "1.20"));

        assertThat(permutations(facts).stream().map(order -> fold(start, order)).distinct())
                .singleElement()
                .isInstanceOf(Job.Completed.class);
    }

    @Test
    void a_lost_scene_leaves_a_partial_film_that_says_what_is_missing() {
        var start = rendering(order().build());
        var scenes = List.of(rendered(1, clip(1)), lost(1, clip(2)), closed(1, "0.60"));
        var films = List.of(cuttingStarted(1), published(1, scene(2)));

        var ends = interleavings(scenes, films).stream()
                .map(facts -> fold(start, facts))
                .distinct()
                .toList();

        assertThat(ends).singleElement().satisfies(end -> {
            assertThat(Standing.of(end).stage()).isEqualTo(Stage.COMPLETED_PARTIAL);
            assertThat(Standing.of(end).problem()).extracting(Problem::sceneId).isEqualTo(scene(2));
        });
    }

    @Test
    void the_loss_of_a_required_take_withdraws_the_cut_and_fails_when_it_is_closed() {
        var start = rendering(order().failOnLoss().build());
        var scenes = List.of(lost(1, clip(1)), withdrawn(1, clip(2)), closed(1, "0"));

        assertThat(Standing.of(Job.evolve(start, scenes.getFirst())).stage()).isEqualTo(Stage.CANCELING);
        for (var facts : permutations(new ArrayList<>(scenes))) {
            assertThat(requests(effects(start, facts), SceneRequest.CutWithdrawn.class))
                    .extracting(SceneRequest.CutWithdrawn::reason)
                    .containsExactly(WithdrawalReason.REQUIRED_TAKE_LOST);
            assertThat(Standing.of(fold(start, facts)).problem())
                    .isEqualTo(new Problem("moderated", "Flagged as sensitive", scene(1)));
        }
    }

    @Test
    void lost_music_fails_the_film_only_if_it_is_required() {
        var facts = List.of(
                rendered(1, clip(1)), rendered(1, clip(2)), lost(1, MUSIC_TAKE), closed(1, "1.20"), published(1));

        assertThat(fold(rendering(order().music().build()), facts)).isInstanceOf(Job.Completed.class);
        assertThat(fold(rendering(order().haltWithoutMusic().build()), facts)).isInstanceOf(Job.Failed.class);
    }

    @Test
    void a_cut_without_any_clip_fails() {
        var start = rendering(order().music().build());
        var scenes = List.of(lost(1, clip(1)), lost(1, clip(2)), rendered(1, MUSIC_TAKE), closed(1, "0.20"));
        var films = List.of(cuttingFailed(1));

        assertThat(interleavings(scenes, films).stream()
                        .map(facts -> Standing.of(fold(start, facts)))
                        .distinct())
                .singleElement()
                .satisfies(standing -> assertThat(standing.status()).isEqualTo(Status.FAILED));
    }

    @Test
    void a_failed_cutting_fails_the_job_and_another_try_pays_nothing_again() {
        var failed = fold(
                rendering(order().build()),
                List.of(rendered(1, clip(1)), cuttingFailed(1), rendered(1, clip(2)), closed(1, "1.20")));
        assertThat(Standing.of(failed).problem()).extracting(Problem::code).isEqualTo("unreadable_clip");

        var retried = ((Decision.Accepted) Job.decide(failed, retry())).facts();

        assertThat(requests(effects(failed, retried), SceneRequest.CutRequested.class))
                .singleElement()
                .satisfies(cut -> {
                    assertThat(cut.cut()).isEqualTo(2);
                    assertThat(cut.takes())
                            .extracting(SceneRequest.RequestedTake::takeId)
                            .containsExactly(clip(1), clip(2));
                });
    }

    @Test
    void a_canceled_job_waits_until_every_take_is_closed_and_takes_no_film() {
        var start = rendering(order().build());
        var canceling = fold(start, List.of(rendered(1, clip(1)), new Fact.CancelAccepted()));
        assertThat(Standing.of(canceling).stage()).isEqualTo(Stage.CANCELING);

        var scenes = List.of(withdrawn(1, clip(2)), closed(1, "0.60"));
        var films = List.of(cuttingStarted(1), published(1));
        for (var facts : interleavings(scenes, films)) {
            assertThat(fold(canceling, facts))
                    .isInstanceOfSatisfying(Job.Canceled.class, canceled -> assertThat(Job.spentOf(canceled))
                            .isEqualTo(Usd.of("0.60")));
        }
        assertThat(requests(
                        effects(start, List.of(new Fact.CancelAccepted(), new Fact.CancelAccepted())),
                        SceneRequest.CutWithdrawn.class))
                .hasSize(1);
    }

    @Test
    void a_cancel_that_finds_all_takes_closed_ends_at_once() {
        var closed = fold(
                rendering(order().build()), List.of(rendered(1, clip(1)), rendered(1, clip(2)), closed(1, "1.20")));

        assertThat(Job.evolve(closed, new Fact.CancelAccepted())).isInstanceOf(Job.Canceled.class);
    }

    @Test
    void a_pending_job_is_canceled_at_once_and_a_late_storyboard_changes_nothing() {
        var canceled = fold(new Job.Unborn(), List.of(created(order().build()), new Fact.CancelAccepted(), chosen(1)));

        assertThat(canceled).isInstanceOf(Job.Canceled.class);
        assertThat(Job.decide(canceled, new Command.Cancel())).isEqualTo(new Decision.Accepted(List.of()));
    }

    @Test
    void a_cut_that_takes_too_long_is_withdrawn_and_fails() {
        var start = rendering(order().build());
        var expired = Job.evolve(start, new Fact.TimeIsUp(CUT_DUE));

        assertThat(Job.dueOf(expired)).isNull();
        assertThat(requests(Job.react(start, expired), SceneRequest.CutWithdrawn.class))
                .extracting(SceneRequest.CutWithdrawn::reason)
                .containsExactly(WithdrawalReason.EXPIRED);
        var end = fold(expired, List.of(withdrawn(1, clip(1)), withdrawn(1, clip(2)), closed(1, "0")));
        assertThat(Standing.of(end).problem()).extracting(Problem::code).isEqualTo("expired");
    }

    @Test
    void a_retry_renders_only_what_was_lost_and_a_full_film_takes_the_place_of_the_partial_one() {
        var partial = fold(
                rendering(order().music().build()),
                List.of(
                        rendered(1, clip(1)),
                        lost(1, clip(2)),
                        rendered(1, MUSIC_TAKE),
                        closed(1, "0.80"),
                        published(1, scene(2))));
        var facts = ((Decision.Accepted) Job.decide(partial, retry())).facts();
        var retried = fold(partial, facts);

        var cut = requests(effects(partial, facts), SceneRequest.CutRequested.class)
                .getFirst();
        assertThat(cut.takes())
                .extracting(SceneRequest.RequestedTake::takeId)
                .containsExactly(clip(1), fresh(clip(2)), MUSIC_TAKE);
        assertThat(Standing.of(retried).stage()).isEqualTo(Stage.COMPLETED_PARTIAL);
        assertThat(Job.decide(retried, retry())).extracting("code").isEqualTo(Decision.Code.JOB_BUSY);

        var full = fold(
                retried,
                List.of(
                        rendered(2, clip(1)),
                        rendered(2, MUSIC_TAKE),
                        rendered(2, fresh(clip(2))),
                        closed(2, "1.40"),
                        published(2)));
        assertThat(Standing.of(full).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(Job.spentOf(full)).isEqualTo(Usd.of("1.40"));

        var canceled =
                fold(retried, List.of(new Fact.CancelAccepted(), withdrawn(2, fresh(clip(2))), closed(2, "0.80")));
        assertThat(Standing.of(canceled).stage()).isEqualTo(Stage.COMPLETED_PARTIAL);
        assertThat(((Job.Completed) canceled).film().revision()).isEqualTo(1);
    }

    @Test
    void a_retry_after_a_cancel_by_loss_keeps_what_was_rendered_and_its_progress() {
        var failed = fold(
                rendering(order().failOnLoss().build()),
                List.of(rendered(1, clip(1)), lost(1, clip(2)), closed(1, "0.60")));
        int before = Standing.of(failed).progress();

        var retried = fold(failed, ((Decision.Accepted) Job.decide(failed, retry())).facts());

        assertThat(Standing.of(retried).status()).isEqualTo(Status.PROCESSING);
        assertThat(Standing.of(retried).progress()).isEqualTo(before);
        assertThat(Job.evolve(retried, closed(1, "0.60"))).isEqualTo(retried);
    }

    @Test
    void a_cap_can_be_raised_but_not_lowered_by_a_retry() {
        var failed = fold(
                rendering(order().maxCost("2").build()), List.of(lost(1, clip(1)), lost(1, clip(2)), closed(1, "0")));

        assertThat(Job.decide(failed, new Command.Retry(Usd.of("1"), Map.of(), CUT_DUE)))
                .extracting("code")
                .isEqualTo(Decision.Code.CAP_LOWERED);
        var raised =
                ((Decision.Accepted) Job.decide(failed, new Command.Retry(Usd.of("5"), Map.of(), CUT_DUE))).facts();
        assertThat(requests(effects(failed, raised), SceneRequest.CutRequested.class)
                        .getFirst()
                        .maxCost())
                .isEqualTo(Usd.of("5"));
    }

    @Test
    void repeated_and_late_facts_change_nothing_and_do_nothing() {
        var facts = List.of(
                rendered(1, clip(1)), lost(1, clip(2)), closed(1, "0.60"), cuttingStarted(1), published(1, scene(2)));
        var end = fold(rendering(order().build()), facts);

        for (var fact : facts) {
            assertThat(Job.evolve(end, fact)).isEqualTo(end);
            assertThat(effects(end, List.of(fact))).isEmpty();
        }
        assertThat(Job.evolve(end, rendered(1, clip(2)))).isEqualTo(end);
        assertThat(Job.evolve(end, new Fact.TimeIsUp(CUT_DUE.plusSeconds(1)))).isEqualTo(end);
    }

    @Test
    void progress_never_falls_whatever_arrives_in_whatever_order() {
        var pool = List.of(
                started(1, clip(1)),
                started(1, clip(2)),
                progressed(1, clip(1), TakePhase.PROCESSING),
                progressed(1, clip(1), TakePhase.SUBMITTING),
                progressed(1, clip(2), TakePhase.DOWNLOADING),
                rendered(1, clip(1)),
                lost(1, clip(2)),
                rendered(1, MUSIC_TAKE),
                cuttingStarted(1),
                cuttingProgressed(1, 70),
                cuttingProgressed(1, 30),
                cuttingFailed(1),
                closed(1, "1"),
                new Fact.Retried(null, Map.of(clip(2), fresh(clip(2))), CUT_DUE),
                rendered(2, fresh(clip(2))),
                rendered(2, clip(1)),
                closed(2, "2"),
                published(2),
                new Fact.CancelAccepted(),
                new Fact.TimeIsUp(NOW),
                new Fact.TimeIsUp(CUT_DUE));
        for (long seed = 0; seed < 2000; seed++) {
            var random = new Random(seed);
            Job job = rendering(order().music().build());
            int seen = Standing.of(job).progress();
            for (int step = 0; step < 40; step++) {
                job = Job.evolve(job, pool.get(random.nextInt(pool.size())));
                int now = Standing.of(job).progress();
                assertThat(now).as("seed %d, step %d", seed, step).isBetween(seen, 100);
                seen = now;
            }
        }
    }

    @Test
    void the_stage_says_what_the_job_waits_for() {
        var start = rendering(order().music().build());
        assertThat(Standing.of(start).status()).isEqualTo(Status.APPROVED);
        assertThat(Standing.of(start).stage()).isEqualTo(Stage.STARTING_RENDER);

        var submitted = Job.evolve(start, started(1, clip(1)));
        assertThat(Standing.of(submitted).status()).isEqualTo(Status.PROCESSING);
        assertThat(Standing.of(submitted).stage()).isEqualTo(Stage.WAITING_PREDICTION);

        var clips = fold(submitted, List.of(rendered(1, clip(1)), rendered(1, clip(2))));
        assertThat(Standing.of(clips).stage()).isEqualTo(Stage.AUDIO_GENERATION);

        var all = Job.evolve(clips, rendered(1, MUSIC_TAKE));
        assertThat(Standing.of(all).stage()).isEqualTo(Stage.RENDERING_COMPLETE);
        assertThat(Standing.of(Job.evolve(all, cuttingStarted(1))).stage()).isEqualTo(Stage.STITCHING);
    }

    private static Command.Retry retry() {
        return new Command.Retry(
                null, Map.of(clip(1), fresh(clip(1)), clip(2), fresh(clip(2)), MUSIC_TAKE, fresh(MUSIC_TAKE)), CUT_DUE);
    }

    private static UUID fresh(UUID take) {
        return id((int) take.getLeastSignificantBits() + 1000);
    }

    private static <T extends SceneRequest> List<T> requests(List<Effect> effects, Class<T> type) {
        return effects.stream()
                .filter(Effect.AskScenes.class::isInstance)
                .map(effect -> ((Effect.AskScenes) effect).request())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static <T extends JobEvent> List<T> announced(List<Effect> effects, Class<T> type) {
        return effects.stream()
                .filter(Effect.Announce.class::isInstance)
                .map(effect -> ((Effect.Announce) effect).event())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
