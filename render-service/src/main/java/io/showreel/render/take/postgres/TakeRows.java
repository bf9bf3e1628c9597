package io.showreel.render.take.postgres;

import io.r2dbc.spi.Readable;
import io.showreel.contracts.Usd;
import io.showreel.contracts.scene.SceneEvent.LossReason;
import io.showreel.contracts.scene.SceneEvent.Quality;
import io.showreel.contracts.scene.SceneRequest.TakeInput;
import io.showreel.messaging.Origin;
import io.showreel.messaging.WireJson;
import io.showreel.render.take.Attempt;
import io.showreel.render.take.Entry;
import io.showreel.render.take.Symptom;
import io.showreel.render.take.Take;
import io.showreel.render.take.Wish;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows to words and back. */
final class TakeRows {

    static final String TAKE_COLUMNS = "take_id, job_id, first_cut, account, input::text as input, state, unwanted,"
            + " output, object, content_type, size, quality::text as quality, reason, message";

    private TakeRows() {}

    /** A take without its attempts. */
    record Row(Entry entry, State state) {

        Entry with(List<Attempt> attempts) {
            var take = state.with(attempts);
            return new Entry(entry.takeId(), entry.jobId(), entry.firstCut(), entry.account(), entry.input(), take);
        }
    }

    /** The columns of a state. */
    record State(
            String name,
            boolean unwanted,
            @Nullable String output,
            @Nullable String object,
            @Nullable String contentType,
            @Nullable Long size,
            @Nullable String quality,
            @Nullable String reason,
            @Nullable String message) {

        static State of(Take take) {
            return switch (take) {
                case Take.Queued queued -> named("queued", false);
                case Take.Submitting submitting -> named("submitting", submitting.unwanted());
                case Take.Unknown unknown -> named("unknown", unknown.unwanted());
                case Take.Running running -> named("running", running.unwanted());
                case Take.Fetching fetching ->
                    named("fetching", fetching.unwanted())
                            .withOutput(fetching.output().toString());
                case Take.Unverifiable unverifiable ->
                    named("unverifiable", false).because(null, unverifiable.message());
                case Take.Rendered rendered -> of(rendered);
                case Take.Lost lost -> named("lost", false).because(word(lost.reason()), lost.message());
                case Take.Withdrawn withdrawn -> named("withdrawn", false);
            };
        }

        private static State of(Take.Rendered take) {
            var object = take.object().toString();
            var quality = take.quality() == null ? null : WireJson.mapper().writeValueAsString(take.quality());
            return new State("rendered", false, null, object, take.contentType(), take.size(), quality, null, null);
        }

        private static State named(String name, boolean unwanted) {
            return new State(name, unwanted, null, null, null, null, null, null, null);
        }

        private State withOutput(String output) {
            return new State(name, unwanted, output, object, contentType, size, quality, reason, message);
        }

        private State because(@Nullable String reason, String message) {
            return new State(name, unwanted, output, object, contentType, size, quality, reason, message);
        }

        Take with(List<Attempt> attempts) {
            return switch (name) {
                case "queued" -> new Take.Queued(attempts);
                case "submitting" -> new Take.Submitting(attempts, unwanted);
                case "unknown" -> new Take.Unknown(attempts, unwanted);
                case "running" -> new Take.Running(attempts, unwanted);
                case "fetching" -> new Take.Fetching(attempts, URI.create(known(output)), unwanted);
                case "unverifiable" -> new Take.Unverifiable(attempts, known(message));
                case "rendered" ->
                    new Take.Rendered(
                            attempts,
                            URI.create(known(object)),
                            known(contentType),
                            known(size),
                            quality == null ? null : WireJson.mapper().readValue(quality, Quality.class));
                case "lost" -> new Take.Lost(attempts, constant(LossReason.class, known(reason)), known(message));
                case "withdrawn" -> new Take.Withdrawn(attempts);
                default -> throw new IllegalStateException("A take can't be " + name);
            };
        }
    }

    static Row take(Readable row) {
        var state = new State(
                text(row, "state"),
                Boolean.TRUE.equals(row.get("unwanted", Boolean.class)),
                row.get("output", String.class),
                row.get("object", String.class),
                row.get("content_type", String.class),
                row.get("size", Long.class),
                row.get("quality", String.class),
                row.get("reason", String.class),
                row.get("message", String.class));
        var entry = new Entry(
                known(row.get("take_id", UUID.class)),
                known(row.get("job_id", Long.class)),
                known(row.get("first_cut", Integer.class)),
                text(row, "account"),
                WireJson.mapper().readValue(text(row, "input"), TakeInput.class),
                Take.requested());
        return new Row(entry, state);
    }

    static Attempt attempt(Readable row) {
        var symptom = row.get("symptom", String.class);
        var took = row.get("took_ms", Long.class);
        var output = row.get("output", String.class);
        return new Attempt(
                known(row.get("token", UUID.class)),
                known(row.get("number", Integer.class)),
                text(row, "model"),
                money(row, "price"),
                known(row.get("begun_at", Instant.class)),
                row.get("reason", String.class),
                constant(Attempt.Stage.class, text(row, "stage")),
                row.get("prediction_id", String.class),
                symptom == null ? null : constant(Symptom.class, symptom),
                row.get("message", String.class),
                known(row.get("sweeps", Integer.class)),
                took == null ? null : Duration.ofMillis(took),
                output == null ? null : URI.create(output));
    }

    static Wish wish(Readable row) {
        return new Wish(
                known(row.get("job_id", Long.class)),
                known(row.get("cut", Integer.class)),
                known(row.get("take_id", UUID.class)),
                row.get("scene_id", UUID.class),
                origin(row));
    }

    static Origin origin(Readable row) {
        return new Origin(
                row.get("request_id", String.class),
                row.get("traceparent", String.class),
                row.get("causation_id", UUID.class));
    }

    static Usd money(Readable row, String column) {
        return new Usd(known(row.get(column, BigDecimal.class)));
    }

    static String text(Readable row, String column) {
        return known(row.get(column, String.class));
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }

    static <T> T known(@Nullable T value) {
        return Objects.requireNonNull(value);
    }
}
