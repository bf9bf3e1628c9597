package io.showreel.gateway.job;

import static io.showreel.gateway.job.Given.CUT_DUE;
import static io.showreel.gateway.job.Given.MUSIC_TAKE;
import static io.showreel.gateway.job.Given.SELECTION_DUE;
import static io.showreel.gateway.job.Given.clip;
import static io.showreel.gateway.job.Given.closed;
import static io.showreel.gateway.job.Given.effects;
import static io.showreel.gateway.job.Given.fold;
import static io.showreel.gateway.job.Given.id;
import static io.showreel.gateway.job.Given.lost;
import static io.showreel.gateway.job.Given.order;
import static io.showreel.gateway.job.Given.published;
import static io.showreel.gateway.job.Given.ready;
import static io.showreel.gateway.job.Given.rendered;
import static io.showreel.gateway.job.Given.rendering;
import static io.showreel.gateway.job.Given.scene;
import static io.showreel.gateway.job.Given.wishes;
import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.job.JobCommand;
import io.showreel.contracts.job.JobEvent;
import io.showreel.contracts.scene.SceneRequest;
import io.showreel.contracts.storyboard.StoryboardEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a person changes about a storyboard, and what is paid for it. */
class EditingTest {

    private static final UUID FRESH = id(5001);
    private static final UUID FRESH_MUSIC = id(5002);

    private final List<Cut> kept = new ArrayList<>();

    @Test
    void before_approval_scenes_are_changed_freely_and_the_etag_with_them() {
        var job = ready(order().build());
        var edited = edit(job, alter(1, wishes().prompt("a sweeping crane shot")));

        assertThat(etag(edited)).isNotEqualTo(etag(job));
        assertThat(decide(edited, new Command.Approve(etag(job), null, CUT_DUE)))
                .extracting("code")
                .isEqualTo(Decision.Code.STORYBOARD_CHANGED);
        assertThat(effects(edited, facts(edited, new Command.Approve(etag(edited), null, CUT_DUE))))
                .filteredOn(Effect.AskScenes.class::isInstance)
                .singleElement()
                .satisfies(effect -> assertThat(((SceneRequest.CutRequested) ((Effect.AskScenes) effect).request())
                                .takes()
                                .getFirst()
                                .input()
                                .prompt())
                        .isEqualTo("a sweeping crane shot"));
    }

    @Test
    void a_change_that_changes_nothing_leaves_the_etag_alone() {
        var job = ready(order().build());

        assertThat(facts(job, edit(alter(1, wishes().title("Hook"))))).isEmpty();
        assertThat(facts(job, edit(new SceneChange.Arrange(List.of(scene(1), scene(2))))))
                .isEmpty();
    }

    @Test
    void scenes_are_added_where_they_are_wanted_and_removed_down_to_two() {
        var job = ready(order().build());
        var third = new SceneChange.Add(Given.addedScene(3, 1, 4), 2);

        var three = edit(job, third);
        assertThat(sceneIds(three)).containsExactly(scene(1), scene(3), scene(2));
        var two = edit(three, new SceneChange.Remove(scene(1)));
        assertThat(sceneIds(two)).containsExactly(scene(3), scene(2));
        assertThat(code(two, edit(new SceneChange.Remove(scene(3))))).isEqualTo(Decision.Code.SCENE_COUNT);
        assertThat(code(job, edit(new SceneChange.Add(Given.addedScene(3, 1, 4), 4))))
                .isEqualTo(Decision.Code.SCENE_ORDER);
    }

    @Test
    void a_storyboard_has_at_most_twenty_scenes() {
        var job = ready(order().build());
        for (int n = 3; n <= 20; n++) {
            job = edit(job, new SceneChange.Add(Given.addedScene(n, 1, 4), null));
        }

        assertThat(code(job, edit(new SceneChange.Add(Given.addedScene(21, 1, 4), null))))
                .isEqualTo(Decision.Code.SCENE_COUNT);
    }

    @Test
    void an_order_names_each_scene_once() {
        var job = ready(order().build());

        assertThat(sceneIds(edit(job, new SceneChange.Arrange(List.of(scene(2), scene(1))))))
                .containsExactly(scene(2), scene(1));
        assertThat(code(job, edit(new SceneChange.Arrange(List.of(scene(2)))))).isEqualTo(Decision.Code.SCENE_ORDER);
        assertThat(code(job, edit(new SceneChange.Arrange(List.of(scene(2), scene(2))))))
                .isEqualTo(Decision.Code.SCENE_ORDER);
        assertThat(code(job, edit(new SceneChange.Arrange(List.of(scene(2), scene(77))))))
                .isEqualTo(Decision.Code.SCENE_UNKNOWN);
    }

    @Test
    void what_the_model_can_not_render_or_the_job_does_not_allow_is_refused() {
        var job = ready(order().sceneTypes("hook").build());

        assertThat(code(job, edit(alter(1, wishes().duration(9))))).isEqualTo(Decision.Code.SCENE_DURATION);
        assertThat(code(job, edit(alter(1, wishes().sceneType("kitchen")))))
                .isEqualTo(Decision.Code.INVALID_SCENE_TYPES);
        assertThat(code(job, edit(alter(9, wishes().title("x"))))).isEqualTo(Decision.Code.SCENE_UNKNOWN);
    }

    @Test
    void from_approval_until_the_first_cut_closes_scenes_are_busy() {
        var job = rendering(order().build());

        for (var change : List.of(
                alter(1, wishes().title("x")),
                new SceneChange.Remove(scene(1)),
                new SceneChange.Arrange(List.of(scene(2), scene(1))))) {
            assertThat(code(job, edit(change))).isEqualTo(Decision.Code.SCENE_BUSY);
        }
        assertThat(code(job, regenerate(1))).isEqualTo(Decision.Code.SCENE_BUSY);
        assertThat(code(job, recut())).isEqualTo(Decision.Code.JOB_BUSY);
    }

    @Test
    void photos_that_the_job_did_not_use_before_are_announced() {
        var job = ready(order().build());

        var effects = effects(job, facts(job, edit(alter(1, wishes().photos(8, 2)))));

        assertThat(effects)
                .singleElement()
                .isEqualTo(new Effect.Announce(
                        new JobEvent.PhotosAdded(Given.JOB, Given.CLIENT, Given.CAMPAIGN, List.of(id(8)))));
    }

    @Test
    void caption_transition_title_and_order_cost_nothing() {
        var job = completed();
        var edited = edit(
                edit(
                        edit(job, alter(1, wishes().caption("Welcome"))),
                        alter(2, wishes().transition("fade").title("The end"))),
                new SceneChange.Arrange(List.of(scene(2), scene(1))));

        var cut = cut(edited, recut());

        assertThat(paid(edited, cut)).isEmpty();
        assertThat(cut.finish().scenes())
                .extracting(SceneRequest.FinishedScene::sceneId)
                .containsExactly(scene(2), scene(1));
        assertThat(cut.finish().scenes().getLast().text()).isNotNull();
        assertThat(cut.finish().scenes().getFirst().transition().kind()).isEqualTo("fade");
    }

    @Test
    void a_prompt_costs_exactly_one_and_taking_it_back_nothing() {
        var job = completed();
        var edited = edit(job, alter(1, wishes().prompt("a sweeping crane shot")));
        assertThat(paid(edited, cut(edited, recut()))).containsExactly(FRESH);

        var back = edit(edited, alter(1, wishes().prompt("a slow dolly forward")));
        assertThat(paid(back, cut(back, recut()))).isEmpty();
    }

    @Test
    void a_prompt_that_is_taken_back_after_its_cut_finds_the_old_clip() {
        var edited = edit(completed(), alter(1, wishes().prompt("a sweeping crane shot")));
        var second = film(edited, recut(), 2);

        var back = edit(second, alter(1, wishes().prompt("a slow dolly forward")));

        assertThat(Job.storyboardOf(back).scene(scene(1)).orElseThrow().takeId())
                .isEqualTo(clip(1));
        assertThat(paid(back, cut(back, recut()))).isEmpty();
    }

    @Test
    void a_length_within_the_same_clip_costs_nothing_and_a_longer_one_costs_the_clip() {
        var job = completed();

        var shorter = edit(job, alter(1, wishes().duration(4.5)));
        assertThat(paid(shorter, cut(shorter, recut()))).isEmpty();
        var longer = edit(job, alter(1, wishes().duration(7)));
        assertThat(paid(longer, cut(longer, recut()))).containsExactly(FRESH);
    }

    @Test
    void music_is_made_anew_only_if_it_is_too_short() {
        var job = film(ready(order().music().build()), new Command.Approve(null, null, CUT_DUE), 1);

        var shorter = edit(job, alter(1, wishes().duration(4.5)));
        assertThat(cut(shorter, recut()).takes().getLast().takeId()).isEqualTo(MUSIC_TAKE);
        assertThat(cut(shorter, recut()).takes().getLast().input().length()).isEqualTo(Duration.ofSeconds(10));
        var longer = edit(job, alter(1, wishes().duration(6)));
        assertThat(paid(longer, cut(longer, recut()))).containsExactly(FRESH_MUSIC);
        var back = edit(longer, alter(1, wishes().duration(5)));
        assertThat(paid(back, cut(back, recut()))).isEmpty();
    }

    @Test
    void edits_collect_while_a_later_cut_is_open_and_are_not_in_it() {
        var first = edit(completed(), alter(1, wishes().prompt("a sweeping crane shot")));
        var open = fold(first, facts(first, recut()));

        var edited = edit(open, alter(2, wishes().prompt("a lateral truck")));

        assertThat(code(edited, recut())).isEqualTo(Decision.Code.JOB_BUSY);
        assertThat(code(edited, regenerate(2))).isEqualTo(Decision.Code.JOB_BUSY);
        var second = fold(edited, List.of(rendered(2, clip(2)), rendered(2, FRESH), closed(2, "1.80"), published(2)));
        var film = (Job.Completed) second;
        assertThat(film.film().revision()).isEqualTo(2);
        assertThat(film.cut().madeOf(film.storyboard().scene(scene(2)).orElseThrow()))
                .isFalse();
        assertThat(paid(second, cut(second, recut()))).hasSize(1);
    }

    @Test
    void regenerating_a_scene_renders_it_alone_with_its_own_changes_alone() {
        var edited = edit(
                edit(completed(), alter(1, wishes().prompt("a sweeping crane shot"))),
                alter(2, wishes().prompt("a lateral truck").caption("Later")));

        var cut = cut(edited, regenerate(1));

        assertThat(paid(edited, cut)).containsExactly(id(6001));
        assertThat(cut.takes().getFirst().input().prompt()).isEqualTo("a sweeping crane shot");
        assertThat(cut.takes().getLast().takeId()).isEqualTo(clip(2));
        assertThat(cut.finish().scenes().getLast().text()).isNull();
        var next = film(edited, regenerate(1), 2);
        var all = cut(next, recut());
        assertThat(paid(next, all)).hasSize(1).doesNotContain(id(6001));
        assertThat(all.takes().getLast().input().prompt()).isEqualTo("a lateral truck");
    }

    @Test
    void an_unchanged_scene_is_regenerated_too() {
        var job = completed();

        assertThat(paid(job, cut(job, regenerate(2)))).containsExactly(id(6002));
    }

    @Test
    void a_scene_that_was_added_since_is_regenerated_into_its_place() {
        var edited = edit(
                edit(completed(), new SceneChange.Add(Given.addedScene(3, 1, 4), 2)),
                alter(2, wishes().caption("Later")));

        var cut = cut(edited, regenerate(3));

        assertThat(cut.finish().scenes())
                .extracting(SceneRequest.FinishedScene::sceneId)
                .containsExactly(scene(1), scene(3), scene(2));
        assertThat(cut.finish().scenes().getLast().text()).isNull();
        assertThat(paid(edited, cut)).containsExactly(id(6003));
    }

    @Test
    void after_a_cut_that_was_canceled_a_scene_is_regenerated_into_the_film_that_is_served() {
        var edited = edit(completed(), alter(2, wishes().caption("Not wanted after all")));
        var open = fold(edited, facts(edited, recut()));
        var canceled = fold(
                open,
                List.of(new Fact.CancelAccepted(), rendered(2, clip(1)), rendered(2, clip(2)), closed(2, "1.20")));
        keep(open, canceled);
        assertThat(Standing.of(canceled).status()).isEqualTo(Standing.Status.COMPLETED);

        var cut = cut(canceled, regenerate(1));

        assertThat(cut.cut()).isEqualTo(3);
        assertThat(cut.finish().scenes().getLast().text()).isNull();
        assertThat(paid(canceled, cut)).containsExactly(id(6001));
    }

    @Test
    void going_back_to_an_earlier_clip_costs_nothing_and_brings_its_prompt_along() {
        var edited = edit(
                completed(), alter(1, wishes().prompt("a sweeping crane shot").caption("Welcome")));
        var second = film(edited, recut(), 2);
        var third = film(second, regenerate(1), 3);

        var back = edit(third, new SceneChange.GoBack(scene(1), clip(1), kept));

        var went = Job.storyboardOf(back).scene(scene(1)).orElseThrow();
        assertThat(went.prompt()).isEqualTo("a slow dolly forward");
        assertThat(went.textOverlay()).isEqualTo("Welcome");
        assertThat(went.kept()).extracting(Take::id).isEqualTo(clip(1));
        var cut = cut(back, recut());
        assertThat(paid(back, cut)).isEmpty();
        assertThat(cut.takes().getFirst().takeId()).isEqualTo(clip(1));
        assertThat(code(third, edit(new SceneChange.GoBack(scene(1), clip(2), kept))))
                .isEqualTo(Decision.Code.TAKE_UNKNOWN);
    }

    @Test
    void a_failed_job_is_cut_anew_with_what_was_changed_and_pays_only_for_that() {
        var failed = fold(
                rendering(order().failOnLoss().build()),
                List.of(rendered(1, clip(1)), lost(1, clip(2)), closed(1, "0.60")));
        var edited = edit(failed, alter(2, wishes().prompt("something that is not flagged")));

        var cut = cut(edited, recut());

        assertThat(paid(edited, cut)).containsExactly(id(5102));
        assertThat(cut.cut()).isEqualTo(2);
    }

    @Test
    void a_partial_film_keeps_its_lost_scene_when_another_is_regenerated() {
        var partial = fold(
                rendering(order().build()),
                List.of(rendered(1, clip(1)), lost(1, clip(2)), closed(1, "0.60"), published(1, scene(2))));

        assertThat(cut(partial, regenerate(1)).takes())
                .extracting(SceneRequest.RequestedTake::takeId)
                .containsExactly(id(6001), clip(2));
        assertThat(cut(partial, regenerate(2)).takes())
                .extracting(SceneRequest.RequestedTake::takeId)
                .containsExactly(clip(1), id(6002));
    }

    @Test
    void a_job_without_a_film_renews_what_it_needs_when_a_scene_is_regenerated() {
        var failed = fold(
                rendering(order().failOnLoss().build()),
                List.of(rendered(1, clip(1)), lost(1, clip(2)), closed(1, "0.60")));

        assertThat(cut(failed, regenerate(1)).takes())
                .extracting(SceneRequest.RequestedTake::takeId)
                .containsExactly(id(6001), fresh(clip(2)));
    }

    @Test
    void another_selection_names_all_earlier_pairs_and_leaves_the_storyboard_if_it_finds_none() {
        var job = ready(order().build());
        var asked = facts(job, new Command.Reselect(Given.material(), etag(job), SELECTION_DUE));
        var selecting = fold(job, asked);

        assertThat(effects(job, asked))
                .filteredOn(Effect.AskSelection.class::isInstance)
                .singleElement()
                .satisfies(effect -> {
                    var command = (JobCommand.SelectScenes) ((Effect.AskSelection) effect).command();
                    assertThat(command.selection()).isEqualTo(2);
                    assertThat(command.previous())
                            .containsExactly(
                                    new StoryboardEvent.Pair(id(1), id(2)), new StoryboardEvent.Pair(id(3), id(4)));
                });
        assertThat(Standing.of(selecting).progress()).isEqualTo(Standing.of(job).progress());
        var refused = fold(selecting, List.of(new Fact.SelectionRefused(2, Problem.of("no_pairs", "No others"))));
        assertThat(etag(refused)).isEqualTo(etag(job));
        assertThat(Standing.of(refused).problem()).extracting(Problem::code).isEqualTo("no_pairs");
        assertThat(effects(selecting, List.of(new Fact.SelectionRefused(2, Problem.of("no_pairs", "No others")))))
                .isEmpty();
        var again = fold(refused, facts(refused, new Command.Reselect(Given.material(), null, SELECTION_DUE)));
        assertThat(((Job.Selecting) again).selection()).isEqualTo(3);
        assertThat(code(selecting, new Command.Reselect(Given.material(), null, SELECTION_DUE)))
                .isEqualTo(Decision.Code.JOB_BUSY);
        assertThat(code(rendering(order().build()), new Command.Reselect(Given.material(), null, SELECTION_DUE)))
                .isEqualTo(Decision.Code.JOB_NOT_PENDING);
    }

    // Below, what the tests say.

    private Job completed() {
        return film(ready(order().build()), new Command.Approve(null, null, CUT_DUE), 1);
    }

    /** The job after the cut that this asks for has become a film. */
    private Job film(Job job, Command command, int number) {
        var state = fold(job, facts(job, command));
        var takes = Job.cutOf(state).takes();
        for (var take : takes) {
            state = Job.evolve(state, rendered(number, take.id()));
        }
        state = Job.evolve(state, closed(number, "2"));
        var end = Job.evolve(state, published(number));
        keep(state, end);
        return end;
    }

    private void keep(Job before, Job after) {
        Job.react(before, after).stream()
                .filter(Effect.Keep.class::isInstance)
                .forEach(effect -> kept.add(((Effect.Keep) effect).cut()));
    }

    private static SceneRequest.CutRequested cut(Job job, Command command) {
        return effects(job, facts(job, command)).stream()
                .filter(Effect.AskScenes.class::isInstance)
                .map(effect -> (SceneRequest.CutRequested) ((Effect.AskScenes) effect).request())
                .findFirst()
                .orElseThrow();
    }

    /** Takes of the cut that nobody has paid for yet. */
    private List<UUID> paid(Job job, SceneRequest.CutRequested cut) {
        var paid = new HashSet<UUID>();
        kept.forEach(
                one -> one.takes().stream().filter(Take::rendered).map(Take::id).forEach(paid::add));
        Job.cutOf(job).takes().stream().filter(Take::rendered).map(Take::id).forEach(paid::add);
        return cut.takes().stream()
                .map(SceneRequest.RequestedTake::takeId)
                .filter(take -> !paid.contains(take))
                .toList();
    }

    private SceneChange alter(int n, Given.WishesBuilder wishes) {
        return new SceneChange.Alter(scene(n), wishes.build(), n == 1 ? FRESH : id(5100 + n), kept);
    }

    private static Command edit(SceneChange change) {
        return new Command.Edit(null, change, FRESH_MUSIC);
    }

    private static Job edit(Job job, SceneChange change) {
        var facts = facts(job, edit(change));
        assertThat(facts).hasSize(1);
        return fold(job, facts);
    }

    private Command regenerate(int n) {
        return new Command.Regenerate(
                scene(n), id(6000 + n), FRESH_MUSIC, null, freshTakes(), List.copyOf(kept), CUT_DUE);
    }

    private static Command recut() {
        return new Command.Recut(null, freshTakes(), CUT_DUE);
    }

    private static Map<UUID, UUID> freshTakes() {
        var fresh = new HashMap<UUID, UUID>();
        for (var take : List.of(clip(1), clip(2), MUSIC_TAKE)) {
            fresh.put(take, fresh(take));
        }
        return fresh;
    }

    private static UUID fresh(UUID take) {
        return id((int) take.getLeastSignificantBits() + 1000);
    }

    private static List<Fact> facts(Job job, Command command) {
        var decision = decide(job, command);
        assertThat(decision).isInstanceOf(Decision.Accepted.class);
        return ((Decision.Accepted) decision).facts();
    }

    private static Decision decide(Job job, Command command) {
        return Job.decide(job, command);
    }

    private static Decision.Code code(Job job, Command command) {
        var decision = decide(job, command);
        assertThat(decision).isInstanceOf(Decision.Rejected.class);
        return ((Decision.Rejected) decision).code();
    }

    private static List<UUID> sceneIds(Job job) {
        return Job.storyboardOf(job).scenes().stream().map(Scene::id).toList();
    }

    private static String etag(Job job) {
        return Job.storyboardOf(job).etag();
    }
}
