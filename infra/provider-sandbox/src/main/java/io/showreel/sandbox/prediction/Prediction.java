package io.showreel.sandbox.prediction;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.showreel.sandbox.Json;
import io.showreel.sandbox.fault.Target;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A prediction.
 *
 * <pre>
 * Starting   => Processing  it was started
 * Starting   => Failed      it could not be started
 * Starting   => Aborted     its deadline was reached
 * Starting   => Canceled    its owner canceled it; not charged
 * Processing => Succeeded   its output is there; charged
 * Processing => Failed      its inputs or its model failed
 * Processing => Canceled    its owner canceled it, or its deadline was reached; charged
 * (ended)    => (the same, data removed)  an hour passed
 * </pre>
 *
 * The first end wins; a fact that comes late or again changes nothing.
 */
public record Prediction(
        Fact.Created created,
        Status status,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable String output,
        @Nullable String error,
        boolean endTold,
        boolean dataRemoved) {
    private static final Pattern CODE = Pattern.compile("\\(code: (PA)\\)|\\((E\\d{3,4})\\)");

    static Prediction of(Fact.Created created) {
        return new Prediction(created, Status.STARTING, null, null, null, null, false, false);
    }

    static Prediction evolve(Prediction state, Fact fact) {
        return switch (fact) {
            case Fact.Created again -> state;
            case Fact.Restored restored -> state;
            case Fact.Started started -> state.status == Status.STARTING ? state.started(started.at()) : state;
            case Fact.Succeeded succeeded ->
                state.status == Status.PROCESSING
                        ? state.ended(Status.SUCCEEDED, succeeded.at(), succeeded.output(), null)
                        : state;
            case Fact.Failed failed ->
                state.status.isTerminal() ? state : state.ended(Status.FAILED, failed.at(), null, failed.error());
            case Fact.CancelRequested cancel ->
                state.status.isTerminal() ? state : state.ended(Status.CANCELED, cancel.at(), null, null);
            case Fact.DeadlineReached reached ->
                switch (state.status) {
                    case STARTING -> state.ended(Status.ABORTED, reached.at(), null, null);
                    case PROCESSING -> state.ended(Status.CANCELED, reached.at(), null, null);
                    case SUCCEEDED, FAILED, CANCELED, ABORTED -> state;
                };
            case Fact.EndTold told ->
                state.status.isTerminal() && !state.endTold
                        ? new Prediction(
                                state.created,
                                state.status,
                                state.startedAt,
                                state.completedAt,
                                state.output,
                                state.error,
                                true,
                                state.dataRemoved)
                        : state;
            case Fact.DataRemoved removed ->
                state.status.isTerminal() && !state.dataRemoved ? state.withoutData() : state;
        };
    }

    public String id() {
        return created.id();
    }

    public String account() {
        return created.account();
    }

    /** What a fault may aim at. */
    public Target target() {
        return new Target(account(), created.model(), id());
    }

    /** What is to go wrong with it. */
    @JsonIgnore
    public Fate fate() {
        var fate = created.fate();
        return fate == null ? Fate.NONE : fate;
    }

    /** Successes are paid, and so is what ran when it was canceled. */
    @JsonIgnore
    public boolean isCharged() {
        return status == Status.SUCCEEDED || status == Status.CANCELED && startedAt != null;
    }

    public BigDecimal charge() {
        return isCharged()
                ? created.price()
                : BigDecimal.ZERO.setScale(created.price().scale());
    }

    /** The code that the error's text carries. */
    public @Nullable String errorCode() {
        if (error == null) {
            return null;
        }
        var matcher = CODE.matcher(error);
        if (!matcher.find()) {
            return null;
        }
        return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    }

    private Prediction started(Instant at) {
        return new Prediction(created, Status.PROCESSING, at, null, null, null, false, false);
    }

    private Prediction ended(Status end, Instant at, @Nullable String result, @Nullable String reason) {
        return new Prediction(created, end, startedAt, at, result, reason, false, false);
    }

    private Prediction withoutData() {
        var emptied = new Fact.Created(
                created.id(),
                created.at(),
                created.account(),
                created.model(),
                created.version(),
                emptyInput(),
                created.inputSha256(),
                created.attempt(),
                created.hook(),
                created.deadline(),
                created.price(),
                created.fate());
        return new Prediction(emptied, status, startedAt, completedAt, null, error, endTold, true);
    }

    private static ObjectNode emptyInput() {
        return Json.object();
    }
}
