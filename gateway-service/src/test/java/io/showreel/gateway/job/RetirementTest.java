package io.showreel.gateway.job;

import static io.showreel.gateway.job.Given.CUT_DUE;
import static io.showreel.gateway.job.Given.NOW;
import static io.showreel.gateway.job.Given.clip;
import static io.showreel.gateway.job.Given.closed;
import static io.showreel.gateway.job.Given.id;
import static io.showreel.gateway.job.Given.order;
import static io.showreel.gateway.job.Given.published;
import static io.showreel.gateway.job.Given.ready;
import static io.showreel.gateway.job.Given.rendered;
import static io.showreel.gateway.job.Given.scene;
import static io.showreel.gateway.job.Given.wishes;
import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.gateway.job.KeptCuts.KeptCut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A film a day: what may be given up of them after a while. */
class RetirementTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final List<KeptCut> kept = new ArrayList<>();
    private Job job = ready(order().build());

    @Test
    void nothing_of_a_job_with_one_film_is_ever_given_up() {
        film(1, new Command.Approve(null, null, CUT_DUE));

        assertThat(after(Duration.ofDays(1000))).isEqualTo(Retirement.NONE);
    }

    @Test
    void a_film_is_given_up_when_another_took_its_place_long_enough_ago_and_the_clips_with_it_that_nobody_uses() {
        film(1, new Command.Approve(null, null, CUT_DUE));
        alter("a sweeping crane shot");
        film(2, recut());
        alter("a slow pan");
        film(3, recut());

        assertThat(after(DAY.multipliedBy(2))).isEqualTo(Retirement.NONE);
        assertThat(after(DAY.multipliedBy(2).plusSeconds(1)))
                .isEqualTo(new Retirement(List.of(1), List.of(1), List.of(clip(1))));
        assertThat(after(Duration.ofDays(1000)).films()).containsExactly(1, 2);
    }

    @Test
    void the_clip_that_a_scene_went_back_to_stays() {
        film(1, new Command.Approve(null, null, CUT_DUE));
        alter("a sweeping crane shot");
        film(2, recut());
        change(new SceneChange.GoBack(scene(1), clip(1), cuts()));

        assertThat(after(Duration.ofDays(1000))).isEqualTo(new Retirement(List.of(1), List.of(1), List.of()));
    }

    @Test
    void a_film_that_was_published_again_keeps_its_file_and_its_clips() {
        film(1, new Command.Approve(null, null, CUT_DUE));
        alter("a sweeping crane shot");
        film(2, recut());
        apply(new Command.Restore(1, cuts()), DAY.multipliedBy(3));

        assertThat(after(Duration.ofDays(1000)))
                .isEqualTo(new Retirement(List.of(1, 2), List.of(2), List.of(id(5002))));
    }

    @Test
    void a_cut_without_a_film_is_given_up_by_its_own_age_but_not_the_film_that_is_served() {
        film(1, new Command.Approve(null, null, CUT_DUE));
        apply(regenerate(5102), DAY.multipliedBy(2));
        fold(List.of(new Fact.CancelAccepted(), rendered(2, id(5102)), rendered(2, clip(2)), closed(2, "2")), 2);
        apply(regenerate(5103), DAY.multipliedBy(3));
        fold(List.of(new Fact.CancelAccepted(), rendered(3, id(5103)), rendered(3, clip(2)), closed(3, "3")), 3);

        var retirement = after(Duration.ofDays(1000));

        assertThat(retirement).isEqualTo(new Retirement(List.of(2), List.of(), List.of(id(5102))));
    }

    @Test
    void nothing_is_given_up_while_a_cut_is_open() {
        film(1, new Command.Approve(null, null, CUT_DUE));
        alter("a sweeping crane shot");
        film(2, recut());
        apply(recut(), DAY.multipliedBy(3));

        assertThat(after(Duration.ofDays(1000))).isEqualTo(Retirement.NONE);
    }

    private Retirement after(Duration since) {
        return Retirement.of(job, kept, NOW.plus(since));
    }

    private Command recut() {
        return new Command.Recut(null, Map.of(), CUT_DUE);
    }

    private Command regenerate(int take) {
        return new Command.Regenerate(scene(1), id(take), id(7000), null, Map.of(), cuts(), CUT_DUE);
    }

    private void alter(String prompt) {
        change(new SceneChange.Alter(scene(1), wishes().prompt(prompt).build(), id(5000 + kept.size() + 1), cuts()));
    }

    private void change(SceneChange change) {
        apply(new Command.Edit(null, change, id(7000)), Duration.ZERO);
    }

    private void film(int number, Command command) {
        apply(command, Duration.ZERO);
        var facts = new ArrayList<Fact>();
        Job.cutOf(job).takes().forEach(take -> facts.add(rendered(number, take.id())));
        facts.add(closed(number, "2"));
        facts.add(published(number));
        fold(facts, number);
    }

    private void apply(Command command, Duration when) {
        record(((Decision.Accepted) Job.decide(job, command)).facts(), when);
    }

    private void fold(List<Fact> facts, int day) {
        record(facts, DAY.multipliedBy(day));
    }

    private void record(List<Fact> facts, Duration when) {
        for (var fact : facts) {
            var after = Given.fold(job, List.of(fact));
            Job.react(job, after).stream()
                    .filter(Effect.Keep.class::isInstance)
                    .forEach(effect -> kept.add(new KeptCut(((Effect.Keep) effect).cut(), NOW.plus(when))));
            job = after;
        }
    }

    private List<Cut> cuts() {
        return kept.stream().map(KeptCut::cut).toList();
    }
}
