package io.showreel.render.take;

import io.showreel.contracts.scene.SceneEvent.LossReason;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt without an output died of, and with that whether its take may be submitted again. A resubmission is a
 * new prediction that may be charged, so each kind has its limit; those that can't have made one have none.
 */
public enum Symptom {
    /** HTTP 429: too many submissions; nothing was made. */
    THROTTLED(RetryPolicy.WHEN_THE_ACCOUNT_MAY_AGAIN, LossReason.FAILED),
    /** HTTP 402: the account's credit is used up; nothing was made. */
    UNPAID(RetryPolicy.WHEN_THE_ACCOUNT_MAY_AGAIN, LossReason.FAILED),
    /** HTTP 401 or 403: the key is not accepted; nothing was made. */
    UNAUTHENTICATED(RetryPolicy.WHEN_THE_ACCOUNT_MAY_AGAIN, LossReason.FAILED),
    /** No connection came about, so nothing was sent. */
    UNREACHABLE(RetryPolicy.WHEN_THE_ACCOUNT_MAY_AGAIN, LossReason.FAILED),
    /** It did not leave this process: its lease had ended, or nobody wanted it any more. */
    UNSENT(RetryPolicy.WHEN_THE_ACCOUNT_MAY_AGAIN, LossReason.FAILED),
    /** HTTP 422 and its like: the provider refuses this input, or knows no such model. */
    INVALID(RetryPolicy.NEVER, LossReason.REFUSED),
    /** No answer, or one that says nothing: only proof of absence permits more. */
    AMBIGUOUS(RetryPolicy.NEVER, LossReason.FAILED),
    /** E6716: the prediction could not start in time. */
    START_TIMEOUT(RetryPolicy.STAGGERED, LossReason.FAILED),
    /** E1000, E8367, E9825, E9828: something in the provider's machinery. */
    TRANSIENT(RetryPolicy.TWICE_WITHIN_A_MINUTE, LossReason.FAILED),
    /** E8765: the model fails its health check. */
    UNHEALTHY_MODEL(RetryPolicy.WHEN_THE_MODEL_IS_WELL_AGAIN, LossReason.FAILED),
    /** E9243: starting failed, because of the input or of the infrastructure. */
    START_ERROR(RetryPolicy.ONCE, LossReason.FAILED),
    /** PA: the prediction had to give way. */
    INTERRUPTED(RetryPolicy.TWICE_WITHIN_A_MINUTE, LossReason.FAILED),
    /** E003, E004: the model's vendor is at its limit. */
    OVERLOADED(RetryPolicy.WHILE_DEMAND_IS_HIGH, LossReason.FAILED),
    /** The model's own queue was full, or its text names a time-out or a server error. */
    CONGESTED(RetryPolicy.ONCE, LossReason.FAILED),
    /** The deadline passed before the prediction started: nothing was charged. */
    ABORTED(RetryPolicy.TWICE_WITHIN_A_MINUTE, LossReason.STOPPED),
    /** The provider's list proves that the submission never arrived. */
    ABSENT(RetryPolicy.WHILE_IT_NEVER_ARRIVES, LossReason.FAILED),
    /** HTTP 404 for a prediction that was accepted: the provider lost it, or forgot it, and nobody can prove anything. */
    GONE(RetryPolicy.NEVER, LossReason.FAILED),
    /** E005: the input or the output was flagged as sensitive. */
    MODERATED(RetryPolicy.NEVER, LossReason.MODERATED),
    /** E001, E002, E1001, E4875: the model can't serve this input or this account. */
    UNSERVABLE(RetryPolicy.NEVER, LossReason.FAILED),
    /** The prediction ran and was stopped, by its deadline or by a person at the provider. */
    STOPPED(RetryPolicy.NEVER, LossReason.STOPPED),
    /** The model's code raised something of its own. */
    MODEL_ERROR(RetryPolicy.NEVER, LossReason.FAILED);

    private static final Pattern CODE = Pattern.compile("\\(code: (PA)\\)|\\b(E\\d{3,4})\\b");
    private static final Pattern CONGESTION =
            Pattern.compile("timed out|timeout|queue reached limit|high demand|temporarily unavailable|\\b50[0234]\\b");

    private final RetryPolicy policy;
    private final LossReason lossReason;

    Symptom(RetryPolicy policy, LossReason lossReason) {
        this.policy = policy;
        this.lossReason = lossReason;
    }

    public RetryPolicy policy() {
        return policy;
    }

    /** Whether several in a row speak against the model, and not against one input. */
    public boolean isOfTheModel() {
        return this == OVERLOADED || this == UNHEALTHY_MODEL;
    }

    /** @return why a take is lost when its policy permits no further submission */
    public LossReason lossReason() {
        return lossReason;
    }

    /** @param error the provider's text of a failed prediction */
    public static Symptom of(@Nullable String error) {
        if (error == null) {
            return MODEL_ERROR;
        }
        var code = CODE.matcher(error);
        if (code.find()) {
            return ofCode(code.group(1) != null ? code.group(1) : code.group(2));
        }
        if (error.contains("flagged as sensitive")) {
            return MODERATED;
        }
        return CONGESTION.matcher(error.toLowerCase(Locale.ROOT)).find() ? CONGESTED : MODEL_ERROR;
    }

    private static Symptom ofCode(String code) {
        return switch (code) {
            case "E6716" -> START_TIMEOUT;
            case "E1000", "E8367", "E9825", "E9828" -> TRANSIENT;
            case "E8765" -> UNHEALTHY_MODEL;
            case "E9243" -> START_ERROR;
            case "PA" -> INTERRUPTED;
            case "E003", "E004" -> OVERLOADED;
            case "E005" -> MODERATED;
            case "E001", "E002", "E1001", "E4875" -> UNSERVABLE;
            default -> MODEL_ERROR;
        };
    }
}
