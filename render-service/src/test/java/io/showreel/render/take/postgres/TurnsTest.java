package io.showreel.render.take.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.Configuration;
import io.showreel.contracts.scene.SceneRequest.CutRequested;
import io.showreel.contracts.scene.SceneRequest.ErrorStrategy;
import io.showreel.contracts.scene.SceneRequest.Finish;
import io.showreel.contracts.scene.SceneRequest.OnSceneFailure;
import io.showreel.contracts.scene.SceneRequest.RequestedTake;
import io.showreel.contracts.scene.SceneRequest.TakeInput;
import io.showreel.contracts.scene.TakeKind;
import io.showreel.messaging.Origin;
import io.showreel.render.RenderDatabase;
import io.showreel.render.take.Entry;
import io.showreel.render.take.Ledger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;

/** Whose take is next when many wait; on a real database. */
class TurnsTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String ACCOUNT = "default";

    private DatabaseClient database;
    private PostgresLedger ledger;

    @BeforeEach
    void create() {
        database = DatabaseClient.create(RenderDatabase.connections());
        ledger = new PostgresLedger(database);
    }

    @Test
    void a_job_of_four_takes_turns_with_one_of_a_hundred_that_came_before() {
        enter(1, 100);
        enter(2, 4);

        assertThat(next(9)).containsExactly(1L, 2L, 1L, 2L, 1L, 2L, 1L, 2L, 1L);
    }

    @Test
    void who_comes_later_begins_with_the_turn_that_is_being_served() {
        enter(1, 100);
        start(30);
        enter(2, 4);

        assertThat(next(6)).containsExactly(1L, 2L, 1L, 2L, 1L, 2L);
    }

    @Test
    void a_job_that_asks_for_more_goes_on_behind_its_own() {
        enter(1, 3);
        enter(2, 6);
        enter(1, 3);

        assertThat(next(12)).containsExactly(1L, 2L, 1L, 2L, 1L, 2L, 2L, 1L, 2L, 1L, 2L, 1L);
    }

    @Test
    void one_that_waits_for_another_try_keeps_its_turn_and_holds_nobody_up() {
        enter(1, 2);
        enter(2, 2);
        var delayed = ledger.queue(ACCOUNT, 1).blockFirst(SOON).takeId();

        ledger.delay(delayed, Duration.ofHours(1)).block(SOON);

        assertThat(next(4)).containsExactly(2L, 1L, 2L);
        assertThat(ledger.queue(ACCOUNT, 1).blockFirst(SOON).takeId()).isEqualTo(delayed);
    }

    @Test
    void whoever_reads_the_queue_learns_whose_each_take_is_and_what_is_with_the_provider() {
        enter(1, 60);
        enter(2, 2);
        start(3);

        var queue = ledger.queue(ACCOUNT, Integer.MAX_VALUE).collectList().block(SOON);

        assertThat(queue).hasSize(59).allMatch(take -> take.model().equals("model"));
        assertThat(queue)
                .extracting(Ledger.Waiting::jobId)
                .startsWith(2L, 1L, 1L)
                .endsWith(1L);
        assertThat(ledger.running(ACCOUNT).collectList().block(SOON)).hasSize(3).allSatisfy(prediction -> {
            assertThat(prediction.model()).isEqualTo("model");
            assertThat(prediction.begunAt()).isBeforeOrEqualTo(Instant.now());
        });
    }

    private List<Long> next(int count) {
        return ledger.next(ACCOUNT, List.of(), count)
                .map(Entry::jobId)
                .collectList()
                .block(SOON);
    }

    /** As many of the next takes are with the provider from now on. */
    private void start(int count) {
        database.sql("""
                        with started as (
                            update take set state = 'rendering'
                             where take_id in (select take_id from take order by turn, place limit :count)
                            returning take_id, account)
                        insert into attempt (token, take_id, account, number, model, price, cost, begun_at, stage, sweeps)
                        select gen_random_uuid(), take_id, account, 1, 'model', 0, 0, now(), 'running', 0 from started
                        """).bind("count", count).then().block(SOON);
    }

    private void enter(long job, int takes) {
        var requested = Stream.generate(TurnsTest::take).limit(takes).toList();
        var cut = new CutRequested(
                job,
                (int) cuts(job) + 1,
                UUID.randomUUID(),
                UUID.randomUUID(),
                ACCOUNT,
                null,
                OnSceneFailure.PARTIAL,
                ErrorStrategy.CONTINUE_WITH_SILENCE,
                requested,
                new Finish("16:9", List.of(), null),
                Configuration.BUILT_IN);
        ledger.open(cut, Origin.UNKNOWN).then(ledger.enter(cut)).block(SOON);
    }

    private long cuts(long job) {
        return database.sql("select count(*) from cut where job_id = :job")
                .bind("job", job)
                .map(row -> row.get(0, Long.class))
                .one()
                .block(SOON);
    }

    private static RequestedTake take() {
        var photo = URI.create("s3://showreel/assets/photo.jpg");
        var input =
                new TakeInput(TakeKind.CLIP, "model", "a beach", photo, photo, Duration.ofSeconds(4), "16:9", Map.of());
        return new RequestedTake(UUID.randomUUID(), UUID.randomUUID(), true, input);
    }
}
