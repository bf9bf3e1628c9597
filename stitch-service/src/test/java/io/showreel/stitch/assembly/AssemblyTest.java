package io.showreel.stitch.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.scene.SceneRequest.Finish;
import io.showreel.contracts.scene.SceneRequest.FinishedScene;
import io.showreel.contracts.scene.SceneRequest.Transition;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.stitch.assembly.Assembly.Effect;
import io.showreel.stitch.assembly.Assembly.Fact;
import io.showreel.stitch.assembly.Plan.PlannedTake;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AssemblyTest {

    private static final UUID FIRST = new UUID(0, 1);
    private static final UUID SECOND = new UUID(0, 2);
    private static final UUID MUSIC = new UUID(0, 3);
    private static final Fact WITHDRAWAL = new Fact.CutWithdrawn();
    private static final Film FILM = new Film(
            URI.create("s3://b/films/1.mp4"),
            URI.create("s3://b/posters/1.jpg"),
            "1",
            9,
            1920,
            1080,
            96,
            Duration.ofSeconds(4),
            List.of(),
            "copy");

    @Test
    void any_order_of_plan_facts_and_repetitions_schedules_the_cutting_once() {
        var facts = List.of(
                planned(false), rendered(FIRST), rendered(SECOND), rendered(MUSIC), rendered(FIRST), planned(false));

        var ends = new HashSet<Assembly>();
        for (var order : ordersOf(facts)) {
            var story = tell(order);
            ends.add(story.end());
            assertThat(story.effects()).as("%s", order).containsExactly(new Effect.ScheduleCutting());
        }
        assertThat(ends).singleElement().isInstanceOf(Assembly.Ready.class);
    }

    @Test
    void any_order_with_a_lost_clip_ends_alike() {
        var facts = List.of(planned(false), lost(FIRST), rendered(SECOND), lost(MUSIC), lost(FIRST));

        var ends = new HashSet<Assembly>();
        for (var order : ordersOf(facts)) {
            var story = tell(order);
            ends.add(story.end());
            assertThat(story.effects()).as("%s", order).containsExactly(new Effect.ScheduleCutting());
        }
        assertThat(ends).hasSize(1);
    }

    @Test
    void any_order_with_a_withdrawal_ends_withdrawn_and_schedules_at_most_once() {
        var facts = List.of(planned(false), rendered(FIRST), rendered(SECOND), rendered(MUSIC), WITHDRAWAL, WITHDRAWAL);

        for (var order : ordersOf(facts)) {
            var story = tell(order);
            assertThat(story.end()).as("%s", order).isEqualTo(new Assembly.Withdrawn());
            assertThat(story.effects())
                    .as("%s", order)
                    .isSubsetOf(new Effect.ScheduleCutting(), new Effect.GiveUp())
                    .doesNotHaveDuplicates();
        }
        assertThat(tell(List.of(WITHDRAWAL, planned(false), rendered(FIRST), rendered(SECOND), rendered(MUSIC)))
                        .effects())
                .isEmpty();
    }

    @Test
    void any_order_in_which_a_required_take_is_lost_makes_no_film() {
        var facts = List.of(planned(true), rendered(FIRST), lost(SECOND), rendered(MUSIC), lost(SECOND));

        for (var order : ordersOf(facts)) {
            assertThat(tell(order)).as("%s", order).isEqualTo(new Story(new Assembly.Halted(), List.of()));
        }
    }

    @Test
    void any_order_without_a_clip_fails_once() {
        var facts = List.of(planned(false), lost(FIRST), lost(SECOND), rendered(MUSIC), lost(FIRST));

        for (var order : ordersOf(facts)) {
            var story = tell(order);
            assertThat(story.end()).as("%s", order).isInstanceOf(Assembly.Failed.class);
            assertThat(story.effects())
                    .singleElement()
                    .isInstanceOfSatisfying(Effect.AnnounceFailure.class, failure -> assertThat(failure.code())
                            .isEqualTo("no_clips"));
        }
    }

    @Test
    void the_first_outcome_of_a_take_wins() {
        var early = tell(List.of(rendered(FIRST), lost(FIRST), planned(false)));
        var late = tell(List.of(planned(false), rendered(FIRST), lost(FIRST)));

        assertThat(early.end()).isEqualTo(late.end());
        assertThat(((Assembly.Gathering) late.end()).settled())
                .containsEntry(FIRST, rendered(FIRST).outcome());
    }

    @Test
    void clips_that_come_while_others_are_out_are_prepared_once_each_in_any_order() {
        var facts = List.of(planned(false), rendered(FIRST), rendered(MUSIC), rendered(FIRST), planned(false));

        for (var order : ordersOf(facts)) {
            assertThat(preparedIn(order)).as("%s", order).containsExactly(FIRST);
        }
        assertThat(preparedIn(List.of(planned(false), rendered(FIRST), rendered(MUSIC), rendered(SECOND))))
                .as("the last one is cut at once")
                .containsExactly(FIRST);
    }

    @Test
    void takes_of_nobody_change_nothing() {
        var stranger = rendered(new UUID(0, 99));

        assertThat(tell(List.of(stranger, planned(false))).end())
                .isEqualTo(tell(List.of(planned(false), stranger)).end())
                .isEqualTo(tell(List.of(planned(false))).end());
    }

    @Test
    void a_worker_that_begins_again_is_announced_once_and_publishes_once() {
        var story = tell(List.of(
                planned(false),
                rendered(FIRST),
                rendered(SECOND),
                rendered(MUSIC),
                new Fact.CuttingBegun(),
                new Fact.CuttingBegun(),
                new Fact.FilmCut(FILM),
                new Fact.FilmCut(FILM),
                new Fact.CuttingGivenUp("late", "late")));

        assertThat(story.end())
                .isInstanceOfSatisfying(Assembly.Published.class, published -> assertThat(published.film())
                        .isEqualTo(FILM));
        assertThat(story.effects())
                .containsExactly(
                        new Effect.ScheduleCutting(),
                        new Effect.AnnounceCutting(),
                        new Effect.AnnounceFilm(FILM),
                        new Effect.ScheduleShowing());
    }

    @Test
    void nothing_is_cut_before_its_takes_are_settled() {
        var early = List.of(new Fact.CuttingBegun(), new Fact.FilmCut(FILM), new Fact.CuttingGivenUp("x", "x"));

        for (var fact : early) {
            assertThat(Assembly.evolve(Assembly.NEW, fact)).isEqualTo(Assembly.NEW);
            var gathering = tell(List.of(planned(false), rendered(FIRST))).end();
            assertThat(Assembly.evolve(gathering, fact)).isEqualTo(gathering);
        }
    }

    @Test
    void a_film_published_just_before_the_withdrawal_is_given_up() {
        var published = new Assembly.Published(FILM, null, Map.of());
        var after = Assembly.evolve(published, WITHDRAWAL);

        assertThat(after).isEqualTo(new Assembly.Withdrawn());
        assertThat(Assembly.react(published, after)).containsExactly(new Effect.GiveUp());
        assertThat(Assembly.react(after, Assembly.evolve(after, WITHDRAWAL))).isEmpty();
    }

    @Test
    void a_film_that_comes_after_the_withdrawal_is_not_published() {
        var withdrawn = new Assembly.Withdrawn();

        assertThat(Assembly.evolve(withdrawn, new Fact.FilmCut(FILM))).isEqualTo(withdrawn);
    }

    @Test
    void material_that_cannot_be_cut_fails_the_cut() {
        var story = tell(List.of(
                planned(false),
                rendered(FIRST),
                lost(SECOND),
                lost(MUSIC),
                new Fact.CuttingBegun(),
                new Fact.CuttingGivenUp("unreadable_clip", "It ends too early."),
                new Fact.FilmCut(FILM)));

        assertThat(story.end()).isEqualTo(new Assembly.Failed("unreadable_clip", "It ends too early."));
        assertThat(story.effects().getLast())
                .isEqualTo(new Effect.AnnounceFailure("unreadable_clip", "It ends too early."));
    }

    private record Story(Assembly end, List<Effect> effects) {}

    /** Without the preparations, which nothing depends on. */
    private static Story tell(List<Fact> facts) {
        var all = tellAll(facts);
        return new Story(
                all.end(),
                all.effects().stream()
                        .filter(effect -> !(effect instanceof Effect.PrepareClip))
                        .toList());
    }

    private static List<UUID> preparedIn(List<Fact> facts) {
        return tellAll(facts).effects().stream()
                .filter(Effect.PrepareClip.class::isInstance)
                .map(effect -> ((Effect.PrepareClip) effect).takeId())
                .toList();
    }

    private static Story tellAll(List<? extends Fact> facts) {
        var state = Assembly.NEW;
        var effects = new ArrayList<Effect>();
        for (var fact : facts) {
            var next = Assembly.evolve(state, fact);
            effects.addAll(Assembly.react(state, next));
            state = next;
        }
        return new Story(state, effects);
    }

    /** @param strict whether both clips are required */
    private static Fact.Planned planned(boolean strict) {
        return new Fact.Planned(new Plan(
                List.of(
                        new PlannedTake(FIRST, TakeKind.CLIP, new UUID(1, 1), strict),
                        new PlannedTake(SECOND, TakeKind.CLIP, new UUID(1, 2), strict),
                        new PlannedTake(MUSIC, TakeKind.MUSIC, null, false)),
                new Finish("16:9", List.of(scene(1, FIRST), scene(2, SECOND)), null)));
    }

    private static FinishedScene scene(int number, UUID takeId) {
        return new FinishedScene(
                new UUID(1, number),
                takeId,
                "Scene " + number,
                Duration.ofSeconds(4),
                new Transition("cut", Duration.ZERO),
                null);
    }

    private static Fact.TakeSettled rendered(UUID takeId) {
        return new Fact.TakeSettled(takeId, Outcome.rendered(URI.create("s3://b/takes/" + takeId)));
    }

    private static Fact.TakeSettled lost(UUID takeId) {
        return new Fact.TakeSettled(takeId, Outcome.MISSING);
    }

    private static List<List<Fact>> ordersOf(List<? extends Fact> facts) {
        if (facts.isEmpty()) {
            return List.of(List.of());
        }
        var orders = new ArrayList<List<Fact>>();
        for (int i = 0; i < facts.size(); i++) {
            var others = new ArrayList<Fact>(facts);
            var first = others.remove(i);
            for (var rest : ordersOf(others)) {
                var order = new ArrayList<Fact>();
                order.add(first);
                order.addAll(rest);
                orders.add(order);
            }
        }
        return orders;
    }
}
