package io.showreel.render.take.postgres;

import static io.showreel.render.take.postgres.Statements.bind;
import static io.showreel.render.take.postgres.TakeRows.known;
import static io.showreel.render.take.postgres.TakeRows.word;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.r2dbc.spi.Readable;
import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneRequest.CutRequested;
import io.showreel.contracts.scene.SceneRequest.CutWithdrawn;
import io.showreel.messaging.Origin;
import io.showreel.messaging.WireJson;
import io.showreel.render.take.Attempt;
import io.showreel.render.take.Entry;
import io.showreel.render.take.Ledger;
import io.showreel.render.take.Take;
import io.showreel.render.take.Trace;
import io.showreel.render.take.Wish;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Rows are locked {@code for no key update}, which lets the foreign keys of other transactions pass: a plain {@code for
 * update} would deadlock with them.
 */
@Repository
class PostgresLedger implements Ledger {

    private static final String IN_FLIGHT = "stage in ('submitting', 'unknown', 'running', 'stray')";

    /**
     * Start-time fair queueing (Goyal, Vin and Cheng, 1996): a job goes on from its own last turn, or from the one that
     * is being served if that is later.
     */
    private static final String LAST_TURN = """
            greatest(coalesce((select max(turn) from attempt join take using (take_id)
                                where attempt.account = :account and %s),
                              (select min(turn) - 1 from take where account = :account and state = 'queued'), 0),
                     (select max(turn) from take where job_id = :job and state = 'queued'))
            """.formatted(IN_FLIGHT);

    private final DatabaseClient database;

    PostgresLedger(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<CutState> open(CutRequested cut, Origin origin) {
        var statement = database.sql("""
                        insert into cut (job_id, cut, account, max_cost, requested_at,
                                         request_id, traceparent, causation_id)
                        values (:job, :cut, :account, :max_cost, now(), :request_id, :traceparent, :causation_id)
                        on conflict (job_id, cut) do update
                           set account = excluded.account, max_cost = excluded.max_cost, requested_at = now(),
                               request_id = excluded.request_id, traceparent = excluded.traceparent,
                               causation_id = excluded.causation_id
                         where cut.requested_at is null
                        returning requested_at, withdrawn, closed_at
                        """)
                .bind("job", cut.jobId())
                .bind("cut", cut.cut())
                .bind("account", cut.account());
        var maxCost = cut.maxCost() == null ? null : cut.maxCost().amount();
        statement = bind(statement, "max_cost", maxCost, BigDecimal.class);
        statement = bind(statement, "request_id", origin.requestId(), String.class);
        statement = bind(statement, "traceparent", origin.traceparent(), String.class);
        statement = bind(statement, "causation_id", origin.causationId(), UUID.class);
        return statement.map(PostgresLedger::cutState).one();
    }

    @Override
    public Mono<CutState> withdraw(CutWithdrawn withdrawal) {
        return database.sql("""
                        insert into cut (job_id, cut, withdrawn) values (:job, :cut, :reason)
                        on conflict (job_id, cut) do update set withdrawn = coalesce(cut.withdrawn, excluded.withdrawn)
                        returning requested_at, withdrawn, closed_at
                        """)
                .bind("job", withdrawal.jobId())
                .bind("cut", withdrawal.cut())
                .bind("reason", word(withdrawal.reason()))
                .map(PostgresLedger::cutState)
                .one();
    }

    private static CutState cutState(Readable row) {
        return new CutState(
                row.get("requested_at", Instant.class) != null,
                row.get("withdrawn", String.class) != null,
                row.get("closed_at", Instant.class) != null);
    }

    @Override
    public Mono<Integer> enter(CutRequested cut) {
        return database.sql("""
                        with asked as (
                            select (e ->> 'take_id')::uuid as take_id, (e ->> 'scene_id')::uuid as scene_id,
                                   (e ->> 'required')::boolean as required, e -> 'input' as input, n
                              from jsonb_array_elements(cast(:takes as jsonb)) with ordinality as t (e, n)
                        ), entered as (
                            insert into take (take_id, job_id, first_cut, account, input, turn)
                            select take_id, :job, :cut, :account, input, %s + n from asked order by n
                            on conflict (take_id) do nothing
                            returning take_id
                        ), asking as (
                            insert into cut_take (job_id, cut, take_id, scene_id, required)
                            select :job, :cut, take_id, scene_id, required from asked
                            on conflict do nothing
                        )
                        select count(*)::integer as entered from entered
                        """.formatted(LAST_TURN))
                .bind("takes", WireJson.mapper().writeValueAsString(cut.takes()))
                .bind("job", cut.jobId())
                .bind("cut", cut.cut())
                .bind("account", cut.account())
                .map(row -> known(row.get("entered", Integer.class)))
                .one();
    }

    @Override
    public Flux<Wish> openWishes(long jobId, int cut) {
        return database.sql("""
                        select cut_take.*, request_id, traceparent, causation_id
                          from cut_take join cut using (job_id, cut) join take using (take_id)
                         where cut_take.job_id = :job and cut_take.cut = :cut and outcome is null
                         order by place
                        """)
                .bind("job", jobId)
                .bind("cut", cut)
                .map(TakeRows::wish)
                .all();
    }

    @Override
    public Flux<Wish> lockOpenWishes(UUID takeId) {
        return openWishes(takeId, "", "for no key update of cut");
    }

    @Override
    public Flux<Wish> openWishes(UUID takeId) {
        return openWishes(takeId, "", "");
    }

    @Override
    public Flux<Wish> waitingWishes(UUID takeId) {
        return openWishes(takeId, "and exists (select from take where take_id = :take and state = 'queued')", "");
    }

    private Flux<Wish> openWishes(UUID takeId, String condition, String locking) {
        return database.sql("""
                        select cut_take.*, request_id, traceparent, causation_id
                          from cut_take join cut using (job_id, cut)
                         where take_id = :take and outcome is null %s
                         order by job_id, cut %s
                        """.formatted(condition, locking))
                .bind("take", takeId)
                .map(TakeRows::wish)
                .all();
    }

    @Override
    public Mono<Boolean> isWantedByAnother(Wish wish) {
        return database.sql("""
                        select exists (
                            select from cut_take join cut using (job_id, cut)
                             where take_id = :take and outcome is null and withdrawn is null
                               and (job_id, cut) <> (:job, :cut)) as wanted
                        """)
                .bind("take", wish.takeId())
                .bind("job", wish.jobId())
                .bind("cut", wish.cut())
                .map(row -> known(row.get("wanted", Boolean.class)))
                .one();
    }

    @Override
    public Mono<Entry> find(UUID takeId) {
        return read(takeId, "");
    }

    @Override
    public Mono<Entry> lock(UUID takeId) {
        return read(takeId, " for no key update");
    }

    @Override
    public Mono<Instant> changedAt(UUID takeId) {
        return database.sql("select changed_at from take where take_id = :take")
                .bind("take", takeId)
                .map(row -> known(row.get("changed_at", Instant.class)))
                .one();
    }

    private Mono<Entry> read(UUID takeId, String locking) {
        return entries(database.sql("select " + TakeRows.TAKE_COLUMNS + " from take where take_id = :take" + locking)
                        .bind("take", takeId))
                .singleOrEmpty();
    }

    /** The takes that a statement selects, with their attempts, in its order. */
    private Flux<Entry> entries(GenericExecuteSpec takes) {
        return takes.map(TakeRows::take).all().collectList().flatMapMany(this::withAttempts);
    }

    private Flux<Entry> withAttempts(List<TakeRows.Row> takes) {
        if (takes.isEmpty()) {
            return Flux.empty();
        }
        var ids = takes.stream().map(row -> row.entry().takeId()).toArray(UUID[]::new);
        return database.sql("select * from attempt where take_id = any(:takes) order by take_id, number")
                .bind("takes", ids)
                .map(row -> Map.entry(known(row.get("take_id", UUID.class)), TakeRows.attempt(row)))
                .all()
                .collect(Collectors.groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())))
                .flatMapIterable(attempts -> takes.stream()
                        .map(row -> row.with(attempts.getOrDefault(row.entry().takeId(), List.of())))
                        .toList());
    }

    @Override
    public Mono<Void> save(Entry before, Take after) {
        var state = TakeRows.State.of(after);
        var statement = database.sql("""
                        update take
                           set state = :state, unwanted = :unwanted, output = :output, object = :object,
                               content_type = :content_type, size = :size, quality = cast(:quality as jsonb),
                               reason = :reason, message = :message, changed_at = now()
                         where take_id = :take
                        """)
                .bind("take", before.takeId())
                .bind("state", state.name())
                .bind("unwanted", state.unwanted());
        statement = bind(statement, "output", state.output(), String.class);
        statement = bind(statement, "object", state.object(), String.class);
        statement = bind(statement, "content_type", state.contentType(), String.class);
        statement = bind(statement, "size", state.size(), Long.class);
        statement = bind(statement, "quality", state.quality(), String.class);
        statement = bind(statement, "reason", state.reason(), String.class);
        statement = bind(statement, "message", state.message(), String.class);
        var known = before.take().attempts();
        return statement
                .then()
                .thenMany(Flux.fromIterable(after.attempts()))
                .filter(attempt -> !known.contains(attempt))
                .concatMap(attempt -> saveAttempt(before, attempt))
                .then();
    }

    private Mono<Void> saveAttempt(Entry entry, Attempt attempt) {
        var statement = database.sql("""
                        insert into attempt (token, take_id, account, number, model, price, cost, begun_at, reason,
                                             stage, prediction_id, symptom, message, sweeps, took_ms, output)
                        values (:token, :take, :account, :number, :model, :price, :cost, :begun_at, :reason,
                                :stage, :prediction_id, :symptom, :message, :sweeps, :took, :output)
                        on conflict (token) do update
                           set cost = excluded.cost, stage = excluded.stage, prediction_id = excluded.prediction_id,
                               symptom = excluded.symptom, message = excluded.message, sweeps = excluded.sweeps,
                               took_ms = excluded.took_ms, output = excluded.output, changed_at = now()
                        """)
                .bind("token", attempt.token())
                .bind("take", entry.takeId())
                .bind("account", entry.account())
                .bind("number", attempt.number())
                .bind("model", attempt.model())
                .bind("price", attempt.price().amount())
                .bind("cost", attempt.cost().amount())
                .bind("begun_at", attempt.begunAt())
                .bind("stage", word(attempt.stage()))
                .bind("sweeps", attempt.sweeps());
        statement = bind(statement, "reason", attempt.reason(), String.class);
        statement = bind(statement, "prediction_id", attempt.predictionId(), String.class);
        var symptom = attempt.symptom() == null ? null : word(attempt.symptom());
        statement = bind(statement, "symptom", symptom, String.class);
        statement = bind(statement, "message", attempt.message(), String.class);
        var took = attempt.took() == null ? null : attempt.took().toMillis();
        statement = bind(statement, "took", took, Long.class);
        var output = attempt.output() == null ? null : attempt.output().toString();
        return bind(statement, "output", output, String.class).then();
    }

    @Override
    public Mono<Void> settle(Wish wish, Outcome outcome) {
        return database.sql("""
                        update cut_take set outcome = :outcome
                         where job_id = :job and cut = :cut and take_id = :take and outcome is null
                        """)
                .bind("outcome", word(outcome))
                .bind("job", wish.jobId())
                .bind("cut", wish.cut())
                .bind("take", wish.takeId())
                .then();
    }

    @Override
    public Mono<Closing> closeIfComplete(long jobId, int cut) {
        var closed =
                database.sql("""
                        update cut set closed_at = now()
                         where job_id = :job and cut = :cut and closed_at is null and requested_at is not null
                           and not exists (select from cut_take
                                            where job_id = :job and cut = :cut and outcome is null)
                        """).bind("job", jobId).bind("cut", cut).fetch().rowsUpdated();
        return closed.filter(rows -> rows > 0).flatMap(rows -> closing(jobId, cut));
    }

    @Override
    public Mono<Closed> lastClosed(long jobId) {
        return database.sql("""
                        select cut from cut where job_id = :job and closed_at is not null order by cut desc limit 1
                        """)
                .bind("job", jobId)
                .map(row -> known(row.get("cut", Integer.class)))
                .one()
                .flatMap(cut -> closing(jobId, cut).map(closing -> new Closed(cut, closing)));
    }

    private Mono<Closing> closing(long jobId, int cut) {
        return database.sql("""
                        select count(*) filter (where outcome = 'rendered')::integer as rendered,
                               count(*) filter (where outcome = 'lost')::integer as lost,
                               count(*) filter (where outcome = 'withdrawn')::integer as withdrawn,
                               (select coalesce(sum(cost), 0) from attempt join take using (take_id)
                                 where job_id = :job and first_cut = :cut) as cost,
                               (select coalesce(sum(cost), 0) from attempt join take using (take_id)
                                 where job_id = :job) as spent,
                               (select request_id from cut where job_id = :job and cut = :cut) as request_id,
                               (select traceparent from cut where job_id = :job and cut = :cut) as traceparent,
                               (select causation_id from cut where job_id = :job and cut = :cut) as causation_id,
                               (select (extract(epoch from closed_at - requested_at) * 1000)::bigint
                                  from cut where job_id = :job and cut = :cut) as actual,
                               array(select took_ms from attempt join take using (take_id)
                                      where job_id = :job and first_cut = :cut and stage = 'succeeded'
                                        and took_ms is not null order by begun_at) as took
                          from cut_take where job_id = :job and cut = :cut
                        """)
                .bind("job", jobId)
                .bind("cut", cut)
                .map(row -> new Closing(
                        known(row.get("rendered", Integer.class)),
                        known(row.get("lost", Integer.class)),
                        known(row.get("withdrawn", Integer.class)),
                        TakeRows.money(row, "cost"),
                        TakeRows.money(row, "spent"),
                        durations(known(row.get("took", Long[].class))),
                        Duration.ofMillis(known(row.get("actual", Long.class))),
                        TakeRows.origin(row)))
                .one();
    }

    private static List<Duration> durations(Long[] millis) {
        return Stream.of(millis).map(Duration::ofMillis).toList();
    }

    @Override
    public Flux<Entry> next(String account, Collection<String> shut, int limit) {
        return entries(database.sql("select " + TakeRows.TAKE_COLUMNS + " from "
                        + waiting("and due_at <= now() and input ->> 'model' <> all(:shut)"))
                .bind("account", account)
                .bind("shut", shut.toArray(String[]::new))
                .bind("limit", limit));
    }

    @Override
    public Flux<Waiting> queue(String account, int limit) {
        return database.sql("select take_id, job_id, input ->> 'model' as model from " + waiting(""))
                .bind("account", account)
                .bind("limit", limit)
                .map(row -> new Waiting(
                        known(row.get("take_id", UUID.class)),
                        known(row.get("job_id", Long.class)),
                        TakeRows.text(row, "model")))
                .all();
    }

    @Override
    public Flux<Running> running(String account) {
        return database.sql("select model, begun_at from attempt where account = :account and " + IN_FLIGHT)
                .bind("account", account)
                .map(row -> new Running(TakeRows.text(row, "model"), known(row.get("begun_at", Instant.class))))
                .all();
    }

    private static String waiting(String condition) {
        return "take where account = :account and state = 'queued' " + condition + " order by turn, place limit :limit";
    }

    @Override
    public Mono<Void> delay(UUID takeId, Duration wait) {
        return seconds(
                        database.sql(
                                "update take set due_at = now() + make_interval(secs => :seconds) where take_id = :take"),
                        wait)
                .bind("take", takeId)
                .then();
    }

    @Override
    public Mono<Usd> spent(long jobId) {
        return database.sql("""
                        select coalesce(sum(cost), 0) as spent
                          from attempt join take using (take_id) where job_id = :job
                        """)
                .bind("job", jobId)
                .map(row -> TakeRows.money(row, "spent"))
                .one();
    }

    @Override
    public Mono<Usd> cap(long jobId) {
        return database.sql("""
                        select max_cost from (select max_cost from cut where job_id = :job and requested_at is not null
                                               order by cut desc limit 1) latest
                         where max_cost is not null
                        """)
                .bind("job", jobId)
                .map(row -> TakeRows.money(row, "max_cost"))
                .one();
    }

    @Override
    public Mono<Void> remember(Trace trace, long epoch) {
        return database.sql("""
                        update attempt set epoch = :epoch, trace = cast(:trace as jsonb), trace_hash = :hash
                         where token = :token
                        """)
                .bind("epoch", epoch)
                .bind("trace", WireJson.mapper().writeValueAsString(trace))
                .bind("hash", hash(trace))
                .bind("token", trace.token())
                .then();
    }

    @Override
    public Mono<Trace> trace(UUID token) {
        return database.sql("select trace::text as trace from attempt where token = :token and trace is not null")
                .bind("token", token)
                .map(row -> WireJson.mapper().readValue(TakeRows.text(row, "trace"), Trace.class))
                .one();
    }

    @Override
    public Mono<Boolean> isTwinInFlight(String account, Trace trace) {
        return database.sql("select exists (select from attempt where account = :account and trace_hash = :hash and "
                        + IN_FLIGHT + ") as twin")
                .bind("account", account)
                .bind("hash", hash(trace))
                .map(row -> known(row.get("twin", Boolean.class)))
                .one();
    }

    /** The same for the same input, whatever the order of its entries. */
    private static String hash(Trace trace) {
        var entries = new TreeMap<>(trace.input()).toString();
        return UUID.nameUUIDFromBytes(entries.getBytes(StandardCharsets.UTF_8)).toString();
    }

    @Override
    public Flux<Entry> orphans(String account, long epoch) {
        return entries(database.sql("select " + TakeRows.TAKE_COLUMNS
                        + " from take where account = :account and state = 'submitting' and exists (select from attempt"
                        + " where attempt.take_id = take.take_id and stage = 'submitting' and epoch < :epoch)")
                .bind("account", account)
                .bind("epoch", epoch));
    }

    @Override
    public Flux<Entry> underWayElsewhere(String account, Instant unheardSince) {
        return entries(database.sql("select " + TakeRows.TAKE_COLUMNS
                        + " from take where account <> :account and changed_at < :unheard_since"
                        + " and (state = 'fetching'"
                        + " or take_id in (select take_id from attempt where account <> :account and " + IN_FLIGHT
                        + "))")
                .bind("account", account)
                .bind("unheard_since", unheardSince));
    }

    @Override
    public Mono<Entry> ofAttempt(UUID token) {
        return entries(database.sql("select " + TakeRows.TAKE_COLUMNS
                                + " from take where take_id = (select take_id from attempt where token = :token)")
                        .bind("token", token))
                .singleOrEmpty();
    }

    @Override
    public Mono<Boolean> isKnown(String predictionId) {
        return database.sql("select exists (select from attempt where prediction_id = :id) as known")
                .bind("id", predictionId)
                .map(row -> known(row.get("known", Boolean.class)))
                .one();
    }

    @Override
    public Mono<Submission> submission(@Nullable UUID token, String predictionId) {
        var statement = database.sql("""
                        select take_id, token from attempt where prediction_id = :id or token = :token
                         order by prediction_id = :id desc nulls last limit 1
                        """).bind("id", predictionId);
        return bind(statement, "token", token, UUID.class)
                .map(row -> new Submission(known(row.get("take_id", UUID.class)), known(row.get("token", UUID.class))))
                .one();
    }

    @Override
    public Mono<Boolean> enterWebhook(String id) {
        return database.sql("""
                        with forgotten as (delete from webhook where received_at < now() - interval '14 days')
                        insert into webhook (id) values (:id) on conflict do nothing
                        """).bind("id", id).fetch().rowsUpdated().map(rows -> rows > 0);
    }

    @Override
    public Flux<Entry> takesOf(long jobId) {
        return entries(database.sql("select " + TakeRows.TAKE_COLUMNS + " from take where job_id = :job order by place")
                .bind("job", jobId));
    }

    private static GenericExecuteSpec seconds(GenericExecuteSpec statement, Duration length) {
        return statement.bind("seconds", length.toMillis() / 1000.0);
    }
}
