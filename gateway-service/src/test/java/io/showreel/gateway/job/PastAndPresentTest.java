package io.showreel.gateway.job;

import static io.showreel.gateway.job.Given.CUT_DUE;
import static io.showreel.gateway.job.Given.JOB;
import static io.showreel.gateway.job.Given.clip;
import static io.showreel.gateway.job.Given.closed;
import static io.showreel.gateway.job.Given.cuttingFailed;
import static io.showreel.gateway.job.Given.cuttingStarted;
import static io.showreel.gateway.job.Given.effects;
import static io.showreel.gateway.job.Given.fold;
import static io.showreel.gateway.job.Given.id;
import static io.showreel.gateway.job.Given.interleavings;
import static io.showreel.gateway.job.Given.order;
import static io.showreel.gateway.job.Given.permutations;
import static io.showreel.gateway.job.Given.published;
import static io.showreel.gateway.job.Given.ready;
import static io.showreel.gateway.job.Given.rendered;
import static io.showreel.gateway.job.Given.rendering;
import static io.showreel.gateway.job.Given.scene;
import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.Usd;
import io.showreel.contracts.job.JobEvent;
import io.showreel.contracts.scene.SceneEvent;
import io.showreel.contracts.scene.SceneRequest;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.contracts.video.VideoEvent;
import io.showreel.messaging.WireJson;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Earlier films, other shapes, doubtful takes, and the end of a job. */
class PastAndPresentTest {

    @Test
    void an_earlier_film_is_published_again_under_the_next_number_and_nobody_is_asked_for_anything() {
        var first = completed();
        var one = Job.cutOf(first);
        var second = fold(
                fold(first, facts(first, recut())),
                List.of(rendered(2, clip(1)), rendered(2, clip(2)), closed(2, "1.20"), published(2)));

        var facts = facts(second, new Command.Restore(1, List.of(one, Job.cutOf(second))));
        var restored = (Job.Completed) fold(second, facts);

        assertThat(restored.film().revision()).isEqualTo(3);
        assertThat(restored.film().cut()).isEqualTo(1);
        assertThat(restored.film().object())
                .isEqualTo(((Job.Completed) first).film().object());
        assertThat(restored.cut().open()).isFalse();
        assertThat(Job.spentOf(restored)).isEqualTo(Usd.of("1.20"));
        assertThat(restored.storyboard().etag())
                .isNotEqualTo(((Job.Completed) second).storyboard().etag());
        assertThat(effects(second, facts))
                .hasSize(2)
                .anySatisfy(effect -> assertThat(effect).isInstanceOf(Effect.Keep.class))
                .anySatisfy(effect -> assertThat(effect)
                        .isInstanceOfSatisfying(Effect.Announce.class, said -> assertThat(said.event())
                                .isInstanceOf(JobEvent.JobCompleted.class)));
        assertThat(facts(restored, new Command.Restore(3, List.of()))).isEmpty();
        assertThat(code(restored, new Command.Restore(9, List.of(one)))).isEqualTo(Decision.Code.REVISION_UNKNOWN);
        var next = fold(restored, facts(restored, recut()));
        assertThat(Job.cutOf(next).number()).isEqualTo(4);
        assertThat(code(next, new Command.Restore(1, List.of(one)))).isEqualTo(Decision.Code.JOB_BUSY);
        assertThat(fold(restored, List.of(published(2), closed(2, "9"), rendered(1, clip(1)))))
                .as("late facts of older cuts")
                .isEqualTo(restored);
    }

    @Test
    void a_rendition_is_asked_for_once_and_ends_once_in_any_order_with_a_later_cut() {
        var film = completed();
        var asked = facts(film, new Command.Render(id(40), "9:16", List.of()));
        var job = fold(film, asked);

        assertThat(effects(film, asked)).singleElement().satisfies(effect -> {
            var request = (SceneRequest.RenditionRequested) ((Effect.AskScenes) effect).request();
            assertThat(request.takes())
                    .extracting(SceneRequest.RenderedTake::takeId)
                    .containsExactly(clip(1), clip(2));
            assertThat(request.finish().aspectRatio()).isEqualTo("9:16");
        });
        assertThat(facts(job, new Command.Render(id(41), "9:16", List.of()))).isEmpty();
        var open = fold(job, facts(job, recut()));
        var ends = interleavings(
                        List.of(rendered(2, clip(1)), rendered(2, clip(2)), closed(2, "1.20")),
                        List.of(cuttingStarted(2), rendition(id(40)), published(2), renditionFailed(id(40))))
                .stream()
                .map(facts -> fold(open, facts))
                .distinct()
                .toList();
        assertThat(ends).singleElement().satisfies(end -> assertThat(((Job.Completed) end).renditions())
                .singleElement()
                .satisfies(rendition -> assertThat(rendition.status()).isEqualTo("published")));
        var failed = fold(job, List.of(renditionFailed(id(40))));
        assertThat(facts(failed, new Command.Render(id(41), "9:16", List.of()))).hasSize(1);
        assertThat(fold(job, List.of(renditionFailed(id(99))))).isEqualTo(job);
    }

    @Test
    void thumbnails_holds_and_qualities_decide_nothing_and_come_in_any_order() {
        var start = rendering(order().build());
        var facts = List.of(
                rendered(1, clip(1)),
                rendered(1, clip(2)),
                shown(clip(1)),
                closed(1, "1.20"),
                new Fact.OfFilm(new VideoEvent.CuttingHeld(JOB, 1, "disk_full", "The disk is full.")),
                published(1));

        var ends = permutations(facts).stream()
                .map(order -> (Job.Completed) fold(start, order))
                .distinct()
                .toList();

        assertThat(ends).singleElement().satisfies(end -> {
            assertThat(end.cut().hold()).isNull();
            assertThat(end.cut().take(clip(1)).orElseThrow().thumbnail()).isNotNull();
        });
        var held = fold(
                start,
                List.of(new Fact.OfScene(new SceneEvent.TakeProgressed(
                        JOB, 1, clip(1), scene(1), SceneEvent.TakePhase.QUEUED, 3, null, "The key was refused."))));
        assertThat(Job.cutOf(held).take(clip(1)).orElseThrow().hold()).isEqualTo("The key was refused.");
        assertThat(Job.cutOf(fold(held, List.of(rendered(1, clip(1)))))
                        .take(clip(1))
                        .orElseThrow()
                        .hold())
                .isNull();
    }

    @Test
    void a_doubtful_take_needs_one_word_and_the_first_is_passed_on() {
        var start = rendering(order().build());
        var doubt = new Fact.OfScene(new SceneEvent.TakeUnverifiable(
                JOB, 1, clip(1), scene(1), TakeKind.CLIP, "Nobody knows", Usd.of("0.6")));
        var doubtful = fold(start, List.of(doubt));
        assertThat(Standing.of(doubtful).stage()).isEqualTo(Standing.Stage.VERIFICATION_NEEDED);

        var facts = facts(doubtful, new Command.Resolve(clip(1), true));
        var resolved = fold(doubtful, facts);

        assertThat(effects(doubtful, facts))
                .containsExactly(new Effect.AskScenes(new SceneRequest.TakeResolved(JOB, clip(1), true)));
        assertThat(facts(resolved, new Command.Resolve(clip(1), true))).isEmpty();
        assertThat(code(resolved, new Command.Resolve(clip(1), false))).isEqualTo(Decision.Code.TAKE_NOT_UNVERIFIABLE);
        assertThat(code(resolved, new Command.Resolve(clip(2), false))).isEqualTo(Decision.Code.TAKE_NOT_UNVERIFIABLE);
        assertThat(Standing.of(resolved).stage()).isNotEqualTo(Standing.Stage.VERIFICATION_NEEDED);
        assertThat(Standing.of(fold(resolved, List.of(doubt))).stage())
                .as("in doubt again after another submission")
                .isEqualTo(Standing.Stage.VERIFICATION_NEEDED);
    }

    @Test
    void a_job_is_deleted_unless_a_cut_is_open() {
        for (var job : List.of(
                ready(order().build()),
                completed(),
                fold(ready(order().build()), List.of(new Fact.CancelAccepted())))) {
            var facts = facts(job, new Command.Delete());
            assertThat(effects(job, facts))
                    .containsExactly(new Effect.Announce(new JobEvent.JobDeleted(JOB, Given.CLIENT, Given.CAMPAIGN)));
            assertThat(fold(job, facts)).isInstanceOf(Job.Deleted.class);
        }
        assertThat(code(rendering(order().build()), new Command.Delete())).isEqualTo(Decision.Code.JOB_ACTIVE);
        var open = fold(completed(), facts(completed(), recut()));
        assertThat(code(open, new Command.Delete())).isEqualTo(Decision.Code.JOB_ACTIVE);
    }

    @Test
    void every_ended_cut_is_kept_once_with_what_it_was_made_of() {
        var start = rendering(order().build());
        var facts = List.of(
                rendered(1, clip(1)), cuttingFailed(1), rendered(1, clip(2)), closed(1, "1.20"), closed(1, "1.20"));
        for (var order : permutations(facts)) {
            assertThat(effects(start, order))
                    .filteredOn(Effect.Keep.class::isInstance)
                    .singleElement()
                    .satisfies(effect -> assertThat(
                                    ((Effect.Keep) effect).cut().storyboard().scenes())
                            .hasSize(2));
        }
    }

    @Test
    void what_is_kept_of_a_job_survives_its_way_through_the_database() {
        var job = fold(completed(), facts(completed(), new Command.Render(id(40), "1:1", List.of())));
        var json = WireJson.mapper().writerFor(Job.class).writeValueAsString(job);

        assertThat((Job) WireJson.mapper().readerFor(Job.class).readValue(json)).isEqualTo(job);
    }

    @Test
    void what_goes_with_a_film_is_taken_before_the_cut_is_closed_and_after() {
        var early = fold(
                rendering(order().build()),
                List.of(rendered(1, clip(1)), rendered(1, clip(2)), published(1), filmShown(1), closed(1, "1.20")));
        var late = Job.evolve(completed(), filmShown(1));

        assertThat(late).isEqualTo(early);
        assertThat(((Job.Completed) late).film().thumbnail()).isEqualTo(URI.create("s3://b/poster1.jpg"));
        assertThat(((Job.Completed) late).film().showcase()).isEqualTo(showcase(1));
        assertThat(Job.evolve(completed(), filmShown(2))).as("another cut's").isEqualTo(completed());
    }

    @Test
    void what_goes_with_the_film_that_is_served_is_taken_while_the_next_cut_is_made() {
        var recutting = fold(completed(), facts(completed(), recut()));

        var shown = (Job.Completed) Job.evolve(recutting, filmShown(1));

        assertThat(shown.cut().number()).isEqualTo(2);
        assertThat(shown.film().showcase()).isEqualTo(showcase(1));
    }

    @Test
    void the_first_thumbnail_of_a_film_stays() {
        var first = Job.evolve(completed(), filmShown(1));
        var again = new Fact.OfFilm(new VideoEvent.FilmShown(JOB, 1, URI.create("s3://b/other.jpg"), showcase(1)));

        assertThat(Job.evolve(first, again)).isEqualTo(first);
    }

    private static Fact filmShown(int cut) {
        return new Fact.OfFilm(
                new VideoEvent.FilmShown(JOB, cut, URI.create("s3://b/poster%d.jpg".formatted(cut)), showcase(cut)));
    }

    private static VideoEvent.Showcase showcase(int cut) {
        return new VideoEvent.Showcase(
                URI.create("s3://b/poster%d.webp".formatted(cut)),
                URI.create("s3://b/sprite%d.jpg".formatted(cut)),
                URI.create("s3://b/track%d.vtt".formatted(cut)));
    }

    private static Job completed() {
        return fold(
                rendering(order().build()),
                List.of(rendered(1, clip(1)), rendered(1, clip(2)), closed(1, "1.20"), published(1)));
    }

    private static Command recut() {
        return new Command.Recut(null, Map.of(), CUT_DUE);
    }

    private static Fact shown(UUID take) {
        return new Fact.OfFilm(new VideoEvent.ClipShown(JOB, 1, take, scene(1), URI.create("s3://b/t.jpg")));
    }

    private static Fact rendition(UUID id) {
        return new Fact.OfFilm(new VideoEvent.RenditionPublished(
                JOB, 1, id, "9:16", URI.create("s3://b/r.mp4"), null, "r", 9, 1080, 1920, 9, Duration.ofSeconds(9)));
    }

    private static Fact renditionFailed(UUID id) {
        return new Fact.OfFilm(new VideoEvent.RenditionFailed(JOB, 1, id, "unreadable_clip", "No."));
    }

    private static List<Fact> facts(Job job, Command command) {
        var decision = Job.decide(job, command);
        assertThat(decision).isInstanceOf(Decision.Accepted.class);
        return ((Decision.Accepted) decision).facts();
    }

    private static Decision.Code code(Job job, Command command) {
        var decision = Job.decide(job, command);
        assertThat(decision).isInstanceOf(Decision.Rejected.class);
        return ((Decision.Rejected) decision).code();
    }
}
