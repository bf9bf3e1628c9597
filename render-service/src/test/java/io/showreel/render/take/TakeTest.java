package io.showreel.render.take;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneEvent.LossReason;
import io.showreel.render.take.Attempt.Stage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TakeTest {

    private static final Usd PRICE = Usd.of("0.40");
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final URI OUTPUT = URI.create("https://replicate.delivery/x.mp4");
    private static final URI OBJECT = URI.create("s3://showreel/takes/abc.mp4");

    private final UUID token = UUID.randomUUID();

    @Test
    void a_take_is_paid_once_and_rendered() {
        var story = new Story()
                .then(begun(token))
                .then(new Fact.Accepted(token, "p1"))
                .then(new Fact.Succeeded(token, "p1", OUTPUT))
                .then(new Fact.Kept(OBJECT, "video/mp4", 7));

        assertThat(story.take).isInstanceOf(Take.Rendered.class);
        assertThat(story.take.cost()).isEqualTo(PRICE);
        assertThat(story.effects.stream().map(Object::getClass))
                .containsExactly(
                        Effect.Guard.class,
                        Effect.TellStarted.class,
                        Effect.Watch.class,
                        Effect.Fetch.class,
                        Effect.Settle.class);
    }

    @Test
    void what_is_known_of_one_attempt_leads_to_the_same_end_in_every_order_and_twice() {
        var facts = List.<Fact>of(
                new Fact.Accepted(token, "p1"),
                new Fact.Succeeded(token, "p1", OUTPUT),
                new Fact.AnswerLost(token, "timeout"),
                new Fact.NotListed(token),
                new Fact.Unwanted());
        var ends = new HashSet<Take>();
        for (var order : permutations(twice(facts, 1))) {
            var story = new Story().then(begun(token));
            order.forEach(story::then);
            story.then(new Fact.Kept(OBJECT, "video/mp4", 7)).then(new Fact.Unusable(OUTPUT, "late"));
            assertThat(story.count(Effect.Settle.class)).isEqualTo(1);
            var wasFetching =
                    order.indexOf(new Fact.Succeeded(token, "p1", OUTPUT)) < order.indexOf(new Fact.Unwanted());
            assertThat(story.count(Effect.Fetch.class))
                    .as("fetched at once again, when it is not wanted any more")
                    .isEqualTo(wasFetching ? 2 : 1);
            assertThat(story.count(Effect.TellStarted.class)).isEqualTo(1);
            assertThat(story.take).isInstanceOf(Take.Rendered.class);
            assertThat(story.take.predictions()).isEqualTo(1);
            assertThat(story.take.cost()).isEqualTo(PRICE);
            ends.add(withoutMessages(story.take));
        }
        assertThat(ends).hasSize(1);
    }

    @Test
    void a_refusal_of_moderation_ends_it_in_every_order() {
        var facts = List.<Fact>of(
                new Fact.Accepted(token, "p1"),
                new Fact.Failed(token, "p1", Symptom.MODERATED, "flagged (E005)"),
                new Fact.AnswerLost(token, "timeout"));
        for (var order : permutations(twice(facts, 1))) {
            var story = new Story().then(begun(token));
            order.forEach(story::then);
            assertThat(story.take).isInstanceOfSatisfying(Take.Lost.class, lost -> assertThat(lost.reason())
                    .isEqualTo(LossReason.MODERATED));
            assertThat(story.take.cost()).isEqualTo(Usd.ZERO);
            assertThat(story.count(Effect.Settle.class)).isEqualTo(1);
        }
    }

    @Test
    void once_ended_nothing_changes_it() {
        for (var ended : List.of(
                new Story().then(new Fact.Unwanted()).take,
                new Story().then(new Fact.CapReached("no")).take,
                rendered().take)) {
            for (var fact : everything(token)) {
                assertThat(Take.evolve(ended, fact)).isSameAs(ended);
            }
        }
    }

    @Test
    void facts_of_an_earlier_attempt_change_nothing() {
        var second = UUID.randomUUID();
        var story = new Story()
                .then(begun(token))
                .then(new Fact.Accepted(token, "p1"))
                .then(new Fact.Failed(token, "p1", Symptom.START_TIMEOUT, "E6716"))
                .then(begun(second));
        for (var fact : everything(token)) {
            if (fact instanceof Fact.OfAttempt) {
                assertThat(Take.evolve(story.take, fact)).isSameAs(story.take);
            }
        }
    }

    @Test
    void a_failure_that_permits_it_waits_longer_each_time_and_then_gives_up() {
        var story = new Story();
        for (var attempt = 1; attempt <= 5; attempt++) {
            var current = UUID.randomUUID();
            story.then(begun(current)).then(new Fact.Failed(current, "p" + attempt, Symptom.START_TIMEOUT, "E6716"));
        }
        assertThat(story.effects.stream()
                        .filter(Effect.Enqueue.class::isInstance)
                        .map(effect -> ((Effect.Enqueue) effect).delay()))
                .containsExactly(
                        Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(45), Duration.ofSeconds(80));
        assertThat(story.take).isInstanceOf(Take.Lost.class);
        assertThat(story.take.attempts()).hasSize(5);
        assertThat(story.take.attempts().getLast().reason())
                .isEqualTo("START_TIMEOUT (four times more, further apart each time): E6716");
        assertThat(story.take.cost()).isEqualTo(Usd.ZERO);
    }

    @Test
    void nothing_sent_costs_nothing_and_waits_again() {
        var story = new Story().then(begun(token)).then(new Fact.NotSent(token, "429"));
        assertThat(story.take).isInstanceOf(Take.Queued.class);
        assertThat(story.take.cost()).isEqualTo(Usd.ZERO);
        assertThat(story.take.predictions()).isZero();
    }

    @Test
    void proven_absence_permits_one_more_attempt() {
        var story = new Story()
                .then(begun(token))
                .then(new Fact.AnswerLost(token, "504"))
                .then(new Fact.NotListed(token))
                .then(new Fact.ProvenAbsent(token));
        assertThat(story.take).isInstanceOf(Take.Queued.class);
        assertThat(story.take.latest().stage()).isEqualTo(Stage.ABSENT);
        assertThat(story.take.latest().sweeps()).isEqualTo(1);
        assertThat(story.take.cost()).isEqualTo(Usd.ZERO);
    }

    @Test
    void absence_proves_nothing_while_the_submission_is_still_under_way() {
        var story = new Story().then(begun(token)).then(new Fact.ProvenAbsent(token));
        assertThat(story.take).isInstanceOf(Take.Submitting.class);
    }

    @Test
    void an_attempt_thought_absent_is_adopted_when_it_turns_up_in_time() {
        var story = new Story()
                .then(begun(token))
                .then(new Fact.AnswerLost(token, "504"))
                .then(new Fact.ProvenAbsent(token))
                .then(new Fact.Accepted(token, "p1"));
        assertThat(story.take).isInstanceOf(Take.Running.class);
        assertThat(story.take.predictions()).isEqualTo(1);
    }

    @Test
    void what_can_not_be_verified_waits_for_a_person() {
        var story = new Story()
                .then(begun(token))
                .then(new Fact.AnswerLost(token, "504"))
                .then(new Fact.BeyondProof(token, "too late"));
        assertThat(story.take).isInstanceOf(Take.Unverifiable.class);
        assertThat(story.take.cost()).isEqualTo(PRICE);
        assertThat(story.count(Effect.TellUnverifiable.class)).isEqualTo(1);

        var paid = Take.evolve(story.take, new Fact.Resolved(true));
        assertThat(paid).isInstanceOfSatisfying(Take.Lost.class, lost -> assertThat(lost.reason())
                .isEqualTo(LossReason.WRITTEN_OFF));
        assertThat(paid.cost()).isEqualTo(PRICE);

        var unpaid = Take.evolve(story.take, new Fact.Resolved(false));
        assertThat(unpaid).isInstanceOf(Take.Queued.class);
        assertThat(unpaid.cost()).isEqualTo(Usd.ZERO);

        var withdrawn = Take.evolve(story.take, new Fact.Unwanted());
        assertThat(withdrawn).isInstanceOf(Take.Lost.class);
        assertThat(withdrawn.cost()).isEqualTo(PRICE);
    }

    @Test
    void what_runs_when_nobody_wants_it_is_canceled_and_its_end_awaited() {
        var story = new Story()
                .then(begun(token))
                .then(new Fact.Accepted(token, "p1"))
                .then(new Fact.Unwanted())
                .then(new Fact.Unwanted());
        assertThat(story.take).isInstanceOf(Take.Running.class);
        assertThat(story.effects).filteredOn(Effect.Cancel.class::isInstance).containsExactly(new Effect.Cancel("p1"));

        story.then(new Fact.Stopped(token, "p1", true, "canceled"));
        assertThat(story.take).isInstanceOf(Take.Withdrawn.class);
        assertThat(story.take.cost()).isEqualTo(PRICE);
    }

    @Test
    void what_is_accepted_after_it_became_unwanted_is_canceled_too() {
        var story = new Story().then(begun(token)).then(new Fact.Unwanted()).then(new Fact.Accepted(token, "p1"));
        assertThat(story.effects).contains(new Effect.Cancel("p1"));
    }

    @Test
    void what_is_paid_is_kept_although_nobody_wants_it() {
        var story = new Story()
                .then(begun(token))
                .then(new Fact.Succeeded(token, "p1", OUTPUT))
                .then(new Fact.Unwanted())
                .then(new Fact.Kept(OBJECT, "video/mp4", 7));
        assertThat(story.take).isInstanceOf(Take.Rendered.class);
    }

    @Test
    void what_is_paid_and_can_not_be_had_is_withdrawn_when_nobody_wants_it() {
        var succeeded = new Fact.Succeeded(token, "p1", OUTPUT);
        for (var order : permutations(List.<Fact>of(succeeded, new Fact.Unwanted(), new Fact.Accepted(token, "p1")))) {
            var story = new Story().then(begun(token));
            order.forEach(story::then);
            assertThat(story.take).isEqualTo(new Take.Fetching(story.take.attempts(), OUTPUT, true));

            story.then(new Fact.Unusable(OUTPUT, "gone")).then(new Fact.Kept(OBJECT, "video/mp4", 7));
            assertThat(story.take).isInstanceOf(Take.Withdrawn.class);
            assertThat(story.take.cost()).isEqualTo(PRICE);
            assertThat(story.take.predictions()).isEqualTo(1);
            assertThat(story.count(Effect.Settle.class)).isEqualTo(1);
        }
    }

    @Test
    void only_an_attempt_that_still_waits_for_it_may_be_sent() {
        var begun = new Story().then(begun(token)).take;
        assertThat(begun.mayBeSent(token)).isTrue();
        assertThat(begun.mayBeSent(UUID.randomUUID())).isFalse();
        assertThat(Take.evolve(begun, new Fact.Unwanted()).mayBeSent(token)).isFalse();
        assertThat(Take.evolve(begun, new Fact.AnswerLost(token, "its guard was sooner"))
                        .mayBeSent(token))
                .isFalse();
        assertThat(Take.requested().mayBeSent(token)).isFalse();
    }

    @Test
    void one_that_could_not_be_verified_goes_on_when_it_turns_out_to_have_failed() {
        var unverifiable = unverifiable();
        var failed = unverifiable.then(new Fact.Failed(token, "p1", Symptom.TRANSIENT, "E1000"));
        assertThat(failed.take).isInstanceOf(Take.Queued.class);
        assertThat(failed.take.cost()).isEqualTo(Usd.ZERO);

        assertThat(unverifiable().then(new Fact.Failed(token, "p1", Symptom.MODERATED, "E005")).take)
                .isInstanceOf(Take.Lost.class);
        assertThat(unverifiable().then(new Fact.Stopped(token, "p1", false, "aborted")).take)
                .isInstanceOf(Take.Queued.class);
    }

    private Story unverifiable() {
        return new Story()
                .then(begun(token))
                .then(new Fact.AnswerLost(token, "504"))
                .then(new Fact.BeyondProof(token, "too late"));
    }

    @Test
    void a_person_s_word_permits_one_resubmission_and_the_next_doubt_asks_again() {
        var second = UUID.randomUUID();
        var story = unverifiable().then(new Fact.Resolved(false)).then(begun(second));
        assertThat(story.take.latest().reason()).isEqualTo("ABSENT: a person said so");
        story.then(new Fact.Resolved(false))
                .then(new Fact.AnswerLost(second, "504"))
                .then(new Fact.BeyondProof(second, "too late"));
        assertThat(story.take).isInstanceOf(Take.Unverifiable.class);
        assertThat(story.count(Effect.TellUnverifiable.class)).isEqualTo(2);
        assertThat(story.take.cost()).isEqualTo(PRICE);
    }

    @Test
    void a_stray_is_stopped_and_its_cost_is_on_record_while_the_take_goes_on() {
        var second = UUID.randomUUID();
        var story = provenAbsent()
                .then(begun(second))
                .then(new Fact.Accepted(second, "p2"))
                .then(new Fact.Accepted(token, "p1"));
        assertThat(story.take).isInstanceOf(Take.Running.class);
        assertThat(story.take.latest().predictionId()).isEqualTo("p2");
        assertThat(story.take.attempts().getFirst().stage()).isEqualTo(Stage.STRAY);
        assertThat(story.take.cost()).isEqualTo(PRICE.plus(PRICE));
        assertThat(story.take.predictions()).isEqualTo(2);
        assertThat(story.effects).containsOnlyOnce(new Effect.Cancel("p1"));

        var stopped = Take.evolve(story.take, new Fact.Stopped(token, "p1", false, "in time"));
        assertThat(stopped.cost()).isEqualTo(PRICE);
        var charged = Take.evolve(story.take, new Fact.Stopped(token, "p1", true, "too late"));
        assertThat(charged.cost()).isEqualTo(PRICE.plus(PRICE));
        assertThat(charged).isInstanceOf(Take.Running.class);
    }

    @Test
    void nothing_begins_while_an_earlier_attempt_may_still_succeed_and_its_clip_is_not_thrown_away() {
        var second = UUID.randomUUID();
        var queued = provenAbsent()
                .then(begun(second))
                .then(new Fact.Accepted(second, "p2"))
                .then(new Fact.Failed(second, "p2", Symptom.TRANSIENT, "E1000"))
                .then(new Fact.Accepted(token, "p1"));
        assertThat(((Take.Queued) queued.take).hasStray()).isTrue();
        assertThat(queued.then(begun(UUID.randomUUID())).take).isInstanceOf(Take.Queued.class);

        var failed = Take.evolve(queued.take, new Fact.Stopped(token, "p1", true, "canceled"));
        assertThat(((Take.Queued) failed).hasStray()).isFalse();

        queued.then(new Fact.Succeeded(token, "p1", OUTPUT)).then(new Fact.Kept(OBJECT, "video/mp4", 7));
        assertThat(queued.take).isInstanceOf(Take.Rendered.class);
        assertThat(queued.take.decisive().predictionId()).isEqualTo("p1");
        assertThat(queued.take.cost()).isEqualTo(PRICE);
    }

    @Test
    void an_earlier_attempt_that_succeeded_after_all_is_fetched_and_the_running_one_is_stopped() {
        var second = UUID.randomUUID();
        var story = provenAbsent()
                .then(begun(second))
                .then(new Fact.Accepted(second, "p2"))
                .then(new Fact.Succeeded(token, "p1", OUTPUT));
        assertThat(story.take).isInstanceOf(Take.Fetching.class);
        assertThat(((Take.Fetching) story.take).output()).isEqualTo(OUTPUT);
        assertThat(story.effects).containsOnlyOnce(new Effect.Cancel("p2"));
        assertThat(story.take.cost()).isEqualTo(PRICE.plus(PRICE));

        story.then(new Fact.Stopped(second, "p2", false, "in time")).then(new Fact.Kept(OBJECT, "video/mp4", 7));
        assertThat(story.take).isInstanceOf(Take.Rendered.class);
        assertThat(story.take.decisive().predictionId()).isEqualTo("p1");
        assertThat(story.take.cost()).isEqualTo(PRICE);
    }

    @Test
    void nothing_is_sent_once_an_earlier_attempt_turned_up() {
        var second = UUID.randomUUID();
        var found = provenAbsent().then(begun(second)).then(new Fact.Accepted(token, "p1"));
        assertThat(found.take.mayBeSent(second)).isFalse();

        var story = provenAbsent().then(begun(second)).then(new Fact.Succeeded(token, "p1", OUTPUT));
        assertThat(story.take.mayBeSent(second)).isFalse();
        story.then(new Fact.NotSent(second, "given up"));
        assertThat(story.take).isInstanceOf(Take.Fetching.class);
        assertThat(story.take.cost()).isEqualTo(PRICE);
    }

    static Stream<Function<UUID, Fact>> endsOfTheSecondAttempt() {
        return Stream.of(
                second -> new Fact.NotSent(second, Symptom.THROTTLED, "429"),
                second -> new Fact.Refused(second, LossReason.REFUSED, "422"),
                second -> new Fact.Accepted(second, "p2"),
                second -> new Fact.Failed(second, "p2", Symptom.MODERATED, "E005"),
                second -> new Fact.Failed(second, "p2", Symptom.START_TIMEOUT, "E6716"),
                second -> new Fact.Stopped(second, "p2", true, "stopped"),
                second -> new Fact.Succeeded(second, "p2", null));
    }

    @ParameterizedTest
    @MethodSource("endsOfTheSecondAttempt")
    void however_the_second_attempt_ends_what_the_first_made_is_fetched_and_nothing_paid_again(
            Function<UUID, Fact> end) {
        var second = UUID.randomUUID();
        var story = provenAbsent()
                .then(begun(second))
                .then(new Fact.Succeeded(token, "p1", OUTPUT))
                .then(end.apply(second));
        assertThat(story.take).isInstanceOf(Take.Fetching.class);
        assertThat(((Take.Fetching) story.take).output()).isEqualTo(OUTPUT);
        assertThat(story.count(Effect.Enqueue.class)).isEqualTo(1);
    }

    @Test
    void an_attempt_in_doubt_is_sought_before_what_an_earlier_one_made_is_fetched() {
        var second = UUID.randomUUID();
        var doubted = provenAbsent()
                .then(begun(second))
                .then(new Fact.AnswerLost(second, "504"))
                .then(new Fact.Succeeded(token, "p1", OUTPUT));
        assertThat(doubted.take).isInstanceOf(Take.Unknown.class);
        assertThat(Take.evolve(doubted.take, new Fact.ProvenAbsent(second))).isInstanceOf(Take.Fetching.class);

        var beyondProof = Take.evolve(doubted.take, new Fact.BeyondProof(second, "too late"));
        assertThat(beyondProof).isInstanceOf(Take.Fetching.class);
        assertThat(beyondProof.cost()).isEqualTo(PRICE.plus(PRICE));
    }

    @Test
    void what_succeeded_and_is_not_to_be_had_any_more_is_not_paid_again() {
        var second = UUID.randomUUID();
        var story = provenAbsent()
                .then(begun(second))
                .then(new Fact.Succeeded(token, "p1", null))
                .then(new Fact.Failed(second, "p2", Symptom.START_TIMEOUT, "E6716"));
        assertThat(story.take).isInstanceOf(Take.Lost.class);
        assertThat(((Take.Lost) story.take).reason()).isEqualTo(LossReason.UNUSABLE_OUTPUT);
    }

    @Test
    void of_two_that_succeeded_the_second_is_fetched_when_the_first_is_of_no_use() {
        var second = UUID.randomUUID();
        var another = URI.create("https://replicate.delivery/another.mp4");
        var story = provenAbsent()
                .then(begun(second))
                .then(new Fact.Accepted(second, "p2"))
                .then(new Fact.Succeeded(token, "p1", OUTPUT))
                .then(new Fact.Succeeded(second, "p2", another));
        assertThat(((Take.Fetching) story.take).output()).isEqualTo(OUTPUT);
        story.then(new Fact.Unusable(OUTPUT, "an empty page"));
        assertThat(((Take.Fetching) story.take).output()).isEqualTo(another);
        story.then(new Fact.Kept(OBJECT, "video/mp4", 7));
        assertThat(story.take.decisive().predictionId()).isEqualTo("p2");
        assertThat(story.take.cost()).isEqualTo(PRICE.plus(PRICE));
    }

    @Test
    void in_any_order_of_news_nothing_begins_after_a_success_and_no_clip_is_thrown_away() {
        IntStream.range(0, 20_000).forEach(seed -> wander(new Random(seed)));
    }

    private static void wander(Random random) {
        var tokens = new ArrayList<UUID>();
        var take = Take.requested();
        for (var step = 0; step < 40 && !(take instanceof Take.Ended); step++) {
            var news = new ArrayList<Fact>();
            for (var n = 0; n < tokens.size(); n++) {
                news.addAll(newsOf(tokens.get(n), n));
            }
            if (take instanceof Take.Queued queued && tokens.size() < 4) {
                tokens.add(new UUID(0, tokens.size()));
                news = new ArrayList<>(List.of(new Fact.Begun(queued.next(tokens.getLast(), "m", PRICE, NOW))));
            } else if (take instanceof Take.Fetching fetching && random.nextInt(4) == 0) {
                news.add(new Fact.Unusable(fetching.output(), "no"));
            }
            if (news.isEmpty()) {
                return;
            }
            var before = take;
            take = Take.evolve(before, news.get(random.nextInt(news.size())));
            if (take instanceof Take.Submitting submitting && !(before instanceof Take.Submitting)) {
                assertThat(before.attempts())
                        .as("paid already, or perhaps")
                        .noneMatch(attempt -> attempt.stage() == Stage.SUCCEEDED || attempt.stage() == Stage.STRAY);
            }
            if (take instanceof Take.Lost || take instanceof Take.Withdrawn) {
                assertThat(take.attempts()).as("clips thrown away").allMatch(attempt -> attempt.output() == null);
            }
        }
    }

    private static List<Fact> newsOf(UUID token, int number) {
        var id = "p" + number;
        return List.of(
                new Fact.NotSent(token, Symptom.THROTTLED, "429"),
                new Fact.AnswerLost(token, "504"),
                new Fact.NotListed(token),
                new Fact.ProvenAbsent(token),
                new Fact.BeyondProof(token, "no"),
                new Fact.Resolved(false),
                new Fact.Resolved(true),
                new Fact.Unwanted(),
                new Fact.StopAsked(token),
                new Fact.Accepted(token, id),
                new Fact.Succeeded(token, id, URI.create("https://replicate.delivery/" + id)),
                new Fact.Succeeded(token, id, null),
                new Fact.Failed(token, id, Symptom.TRANSIENT, "E1000"),
                new Fact.Failed(token, id, Symptom.MODERATED, "E005"),
                new Fact.Stopped(token, id, false, "aborted"));
    }

    @Test
    void an_accident_after_we_asked_to_stop_it_is_our_doing() {
        var story = new Story()
                .then(begun(token))
                .then(new Fact.Accepted(token, "p1"))
                .then(new Fact.StopAsked(token))
                .then(new Fact.Failed(token, "p1", Symptom.TRANSIENT, "E8367"));
        assertThat(story.take).isInstanceOf(Take.Lost.class);
        assertThat(((Take.Lost) story.take).reason()).isEqualTo(LossReason.STOPPED);
    }

    @Test
    void what_a_person_calls_unpaid_is_stopped_all_the_same_if_it_was_known() {
        var story = new Story()
                .then(begun(token))
                .then(new Fact.Accepted(token, "p1"))
                .then(new Fact.BeyondProof(token, Symptom.GONE, "HTTP 404"));
        assertThat(story.take).isInstanceOf(Take.Unverifiable.class);
        assertThat(story.take.latest().symptom()).isEqualTo(Symptom.GONE);
        story.then(new Fact.Resolved(false));
        assertThat(story.take).isInstanceOf(Take.Queued.class);
        assertThat(story.effects).containsOnlyOnce(new Effect.Cancel("p1"));
    }

    @Test
    void a_stray_of_an_ended_take_is_stopped_and_on_record_without_ending_it_again() {
        var withdrawn = provenAbsent().then(new Fact.Unwanted());
        assertThat(withdrawn.take.cost()).isEqualTo(Usd.ZERO);

        withdrawn.then(new Fact.Accepted(token, "p1"));
        assertThat(withdrawn.take).isInstanceOf(Take.Withdrawn.class);
        assertThat(withdrawn.take.cost()).isEqualTo(PRICE);
        assertThat(withdrawn.count(Effect.Settle.class)).isEqualTo(1);
        assertThat(withdrawn.effects).contains(new Effect.Cancel("p1"));

        withdrawn.then(new Fact.BeyondProof(token, "never ended"));
        assertThat(withdrawn.take.latest().stage()).isEqualTo(Stage.WRITTEN_OFF);
        assertThat(withdrawn.take.cost()).isEqualTo(PRICE);
    }

    @Test
    void a_success_after_the_end_is_on_record_as_paid() {
        var withdrawn = provenAbsent().then(new Fact.Unwanted()).then(new Fact.Succeeded(token, "p1", OUTPUT));
        assertThat(withdrawn.take).isInstanceOf(Take.Withdrawn.class);
        assertThat(withdrawn.take.latest().stage()).isEqualTo(Stage.SUCCEEDED);
        assertThat(withdrawn.take.cost()).isEqualTo(PRICE);
        assertThat(withdrawn.count(Effect.Fetch.class)).isZero();
    }

    @Test
    void what_was_written_off_stays_so_whatever_is_heard_of_it() {
        var lost = unverifiable().then(new Fact.Resolved(true));
        for (var fact : everything(token)) {
            assertThat(Take.evolve(lost.take, fact)).isSameAs(lost.take);
        }
    }

    @Test
    void whoever_is_proven_absent_is_looked_for_once_more() {
        assertThat(provenAbsent().count(Effect.LookBack.class)).isEqualTo(1);
        assertThat(unverifiable().then(new Fact.Resolved(false)).count(Effect.LookBack.class))
                .isZero();
    }

    @Test
    void an_adopted_attempt_bears_no_symptom_of_the_time_when_it_was_lost() {
        var adopted = new Story()
                .then(begun(token))
                .then(new Fact.AnswerLost(token, "504"))
                .then(new Fact.Accepted(token, "p1"));
        assertThat(adopted.take.latest().symptom()).isNull();
        assertThat(adopted.take.latest().message()).isEqualTo("504");
    }

    @Test
    void however_it_fails_a_take_is_given_up_after_ten_failures() {
        var story = new Story();
        var symptoms = List.of(
                Symptom.START_TIMEOUT,
                Symptom.OVERLOADED,
                Symptom.TRANSIENT,
                Symptom.INTERRUPTED,
                Symptom.UNHEALTHY_MODEL);
        for (var attempt = 0; story.take instanceof Take.Queued; attempt++) {
            var current = UUID.randomUUID();
            story.then(begun(current))
                    .then(new Fact.Failed(current, "p" + attempt, symptoms.get(attempt % symptoms.size()), "x"));
        }
        assertThat(story.take.attempts()).hasSize(Take.MOST_FAILURES + 1);
    }

    private Story provenAbsent() {
        return new Story()
                .then(begun(token))
                .then(new Fact.AnswerLost(token, "504"))
                .then(new Fact.NotListed(token))
                .then(new Fact.ProvenAbsent(token));
    }

    static Stream<Symptom> symptomsOfPredictions() {
        return Stream.of(Symptom.values()).filter(symptom -> !symptom.policy().isEndless());
    }

    @ParameterizedTest
    @MethodSource("symptomsOfPredictions")
    void no_symptom_is_tried_for_ever(Symptom symptom) {
        var story = new Story();
        for (var attempt = 0; attempt < 20 && story.take instanceof Take.Queued; attempt++) {
            var current = UUID.randomUUID();
            story.then(begun(current)).then(new Fact.Failed(current, "p" + attempt, symptom, "x"));
        }
        assertThat(story.take).isInstanceOf(Take.Lost.class);
    }

    private Story rendered() {
        return new Story()
                .then(begun(token))
                .then(new Fact.Succeeded(token, "p1", OUTPUT))
                .then(new Fact.Kept(OBJECT, "video/mp4", 7));
    }

    private static Begin begun(UUID token) {
        return new Begin(token);
    }

    /** Becomes a fact of the take as it is at that moment. */
    private record Begin(UUID token) {}

    private static List<Fact> everything(UUID token) {
        return List.of(
                new Fact.CapReached("no"),
                new Fact.Unsuitable("no"),
                new Fact.Unwanted(),
                new Fact.Resolved(true),
                new Fact.Resolved(false),
                new Fact.Kept(OBJECT, "video/mp4", 7),
                new Fact.Unusable(OUTPUT, "no"),
                new Fact.NotSent(token, "no"),
                new Fact.Refused(token, LossReason.REFUSED, "no"),
                new Fact.AnswerLost(token, "no"),
                new Fact.NotListed(token),
                new Fact.ProvenAbsent(token),
                new Fact.BeyondProof(token, "no"),
                new Fact.StopAsked(token),
                new Fact.Accepted(token, "p1"),
                new Fact.Succeeded(token, "p1", OUTPUT),
                new Fact.Failed(token, "p1", Symptom.TRANSIENT, "no"),
                new Fact.Stopped(token, "p1", true, "no"));
    }

    private static final class Story {
        private Take take = Take.requested();
        private final List<Effect> effects = new ArrayList<>();

        Story then(Begin begin) {
            return then(new Fact.Begun(((Take.Queued) take).next(begin.token(), "m", PRICE, NOW)));
        }

        Story then(Fact fact) {
            var after = Take.evolve(take, fact);
            effects.addAll(Take.react(take, after));
            assertThat(Take.react(after, Take.evolve(after, fact)).stream()
                            .filter(effect -> !(fact instanceof Fact.NotListed)))
                    .as("the same fact again: %s", fact)
                    .isEmpty();
            take = after;
            return this;
        }

        long count(Class<? extends Effect> kind) {
            return effects.stream().filter(kind::isInstance).count();
        }
    }

    /** Why an answer was lost depends on when the loss was known. */
    private static Take withoutMessages(Take take) {
        var rendered = (Take.Rendered) take;
        var attempts = rendered.attempts().stream()
                .map(attempt -> new Attempt(
                        attempt.token(),
                        attempt.number(),
                        attempt.model(),
                        attempt.price(),
                        attempt.begunAt(),
                        attempt.reason(),
                        attempt.stage(),
                        attempt.predictionId(),
                        attempt.symptom(),
                        null,
                        0,
                        attempt.took(),
                        attempt.output()))
                .toList();
        return new Take.Rendered(
                attempts, rendered.object(), rendered.contentType(), rendered.size(), rendered.quality());
    }

    /** The facts, one of them twice. */
    private static List<Fact> twice(List<Fact> facts, int repeated) {
        return Stream.concat(facts.stream(), Stream.of(facts.get(repeated))).toList();
    }

    private static <T> List<List<T>> permutations(List<T> items) {
        if (items.isEmpty()) {
            return List.of(List.of());
        }
        var all = new ArrayList<List<T>>();
        for (var i = 0; i < items.size(); i++) {
            var rest = new ArrayList<>(items);
            var first = rest.remove(i);
            for (var tail : permutations(rest)) {
                var order = new ArrayList<T>();
                order.add(first);
                order.addAll(tail);
                all.add(order);
            }
        }
        return all;
    }
}
