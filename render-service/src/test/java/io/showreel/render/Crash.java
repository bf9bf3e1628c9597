package io.showreel.render;

import io.showreel.render.CrashingRender.Oddity;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One story of a take.
 *
 * @param points where the processes that work on it are halted, one after the other; the next one is not
 * @param answer what the provider does with the take's first submission
 * @param meanwhile what everybody else does
 */
record Crash(List<String> points, Answer answer, Meanwhile meanwhile) {

    enum End {
        RENDERED,
        LOST,
        WITHDRAWN
    }

    /** What the provider does with the take's first submission. */
    enum Answer {
        ACCEPTED(End.RENDERED),
        ANSWER_CUT_OFF(End.RENDERED, once("'fault': 'drop_answer'")),
        ANSWERED_504(End.RENDERED, once("'fault': 'drop_answer', 'status': 504")),
        /** A second after nobody waits for it any more. */
        ANSWERED_LATE(End.RENDERED, once("'fault': 'drop_answer', 'delay': 'PT3S'")),
        ANSWERED_MUCH_LATER(End.RENDERED, once("'fault': 'drop_answer', 'delay': 'PT8S'")),
        REFUSED_401(End.RENDERED, refused("unauthenticated")),
        REFUSED_402(End.RENDERED, refused("insufficient_credit")),
        /** As it is the input that is refused, it is refused each time. */
        REFUSED_422(End.LOST, "'fault': 'refuse_create', 'answer': 'invalid_input', 'times': 1000, 'model': '%s'"),
        REFUSED_500(End.RENDERED, refused("internal_error")),
        /** As a page of HTML. */
        REFUSED_502(End.RENDERED, refused("bad_gateway")),
        REFUSED_503(End.RENDERED, once("'fault': 'refuse_create', 'status': 503")),
        THROTTLED_BY_BODY(End.RENDERED, refused("throttled_by_body")),
        THROTTLED_BY_HEADER(End.RENDERED, refused("throttled_by_header")),
        THROTTLED_BY_TEXT(End.RENDERED, refused("throttled_by_text")),
        LOW_ON_CREDIT(
                End.RENDERED,
                once("'fault': 'refuse_create', 'status': 429, 'body': '{\\'detail\\': \\'Your rate limit for creating"
                        + " predictions is reduced to 60 requests per minute with a burst of 1 requests. Your rate limit"
                        + " resets in ~1s.\\'}'")),
        UPLOAD_REFUSED(End.RENDERED, "'fault': 'refuse_call', 'on': 'upload', 'status': 503, 'times': 3"),
        FAILED_E6716(End.RENDERED, once("'fault': 'fail_run', 'failure': 'E6716'")),
        MODERATED_E005(End.LOST, once("'fault': 'fail_run', 'failure': 'E005'")),
        ENDED_ABORTED(End.RENDERED, once("'fault': 'end_run', 'as': 'aborted'")),
        ENDED_CANCELED(End.LOST, once("'fault': 'end_run', 'as': 'canceled'")),
        OUTPUT_IN_A_LIST(End.RENDERED, once("'fault': 'shape_output', 'as': 'list'")),
        OUTPUT_IN_AN_OBJECT(End.RENDERED, once("'fault': 'shape_output', 'as': 'object'")),
        DOWNLOAD_CUT_OFF(End.RENDERED, once("'fault': 'spoil_download', 'how': 'truncated'")),
        DOWNLOAD_EMPTY(End.RENDERED, once("'fault': 'spoil_download', 'how': 'empty'")),
        DOWNLOAD_REFUSED(End.RENDERED, "'fault': 'spoil_download', 'how': 'unavailable', 'times': 8, 'model': '%s'"),
        /** It runs until somebody stops it. */
        STUCK(End.WITHDRAWN, once(stuck("processing"))),
        STUCK_BEFORE_ITS_START(End.WITHDRAWN, once(stuck("starting"))),
        STUCK_AND_CANCEL_UNHEARD(Oddity.DEAF, End.WITHDRAWN, once(stuck("processing"))),
        /** The start is told before the end is. */
        ANSWERED_AFTER_ITS_WEBHOOK(
                End.RENDERED,
                once("'fault': 'drop_answer', 'delay': 'PT3S'"),
                once("'fault': 'disturb_webhook', 'how': 'delayed', 'event': 'completed', 'delay': 'PT1S'")),
        /** The provider breaks its word: it turns up, and runs, when another was made in its place. */
        TURNS_UP_LATER(Oddity.HIDDEN, End.RENDERED, once("'fault': 'drop_answer'"), once(stuck("processing"))),
        TURNS_UP_MUCH_LATER(
                Oddity.HIDDEN_THEN_UNREADABLE, End.RENDERED, once("'fault': 'drop_answer'"), once(stuck("processing"))),
        /** Nothing was made, and it is too late to prove that. */
        REFUSED_503_LONG_AGO(Oddity.LATE, End.RENDERED, once("'fault': 'refuse_create', 'status': 503")),
        /** It was made, and it is too late to prove that. */
        ANSWER_CUT_OFF_LONG_AGO(Oddity.LATE_AND_UNREADABLE, End.RENDERED, once("'fault': 'drop_answer'"));

        private final Oddity oddity;
        private final End end;
        private final List<String> faults;

        Answer(End end, String... faults) {
            this(Oddity.NONE, end, faults);
        }

        Answer(Oddity oddity, End end, String... faults) {
            this.oddity = oddity;
            this.end = end;
            this.faults = List.of(faults);
        }

        private static String refused(String answer) {
            return once("'fault': 'refuse_create', 'answer': '" + answer + "'");
        }

        private static String stuck(String in) {
            return "'fault': 'stall_run', 'in': '" + in + "'";
        }

        private static String once(String fault) {
            return fault + ", 'times': 1, 'model': '%s'";
        }

        /** Orders for the sandbox. */
        List<String> faults(String model) {
            return faults.stream()
                    .map(fault -> "{"
                            + fault.replace("%s", model).replace("\\'", "\\\"").replace('\'', '"') + "}")
                    .toList();
        }
    }

    /** What everybody but the provider does, as soon as its time has come. */
    enum Meanwhile {
        NOTHING(Set.of()),
        WITHDRAWN_BEFORE_IT_IS_ASKED_FOR(Set.of(End.WITHDRAWN)),
        WITHDRAWN_WHEN_IT_WAS_SENT(Set.of(End.WITHDRAWN, End.RENDERED)),
        WITHDRAWN_WHEN_IT_RUNS(Set.of(End.WITHDRAWN)),
        WITHDRAWN_WHEN_IT_IS_COPIED(Set.of(End.WITHDRAWN, End.RENDERED)),
        /** Which counts it as paid. The next process may find it, if it was not on record that nobody knows. */
        WITHDRAWN_WHEN_NOBODY_KNOWS(Set.of(End.LOST, End.RENDERED)),
        SAID_TO_BE_PAID(Set.of(End.LOST, End.RENDERED)),
        SAID_NOT_TO_BE_PAID(Set.of(End.RENDERED)),
        /** Looking tells nothing. */
        TOLD_BY_WEBHOOK(Set.of());

        private final Set<End> ends;

        Meanwhile(Set<End> ends) {
            this.ends = ends;
        }

        /** Whether somebody decided that a clip which may be there is not waited for. */
        boolean isGivenUp() {
            return switch (this) {
                case NOTHING, SAID_NOT_TO_BE_PAID, TOLD_BY_WEBHOOK -> false;
                case WITHDRAWN_BEFORE_IT_IS_ASKED_FOR,
                        WITHDRAWN_WHEN_IT_WAS_SENT,
                        WITHDRAWN_WHEN_IT_RUNS,
                        WITHDRAWN_WHEN_IT_IS_COPIED,
                        WITHDRAWN_WHEN_NOBODY_KNOWS,
                        SAID_TO_BE_PAID -> true;
            };
        }
    }

    Crash(String point, Answer answer) {
        this(List.of(point), answer, Meanwhile.NOTHING);
    }

    Crash(String point, Answer answer, Meanwhile meanwhile) {
        this(List.of(point), answer, meanwhile);
    }

    /** And the process that comes next is halted as well. */
    Crash then(String point) {
        var all = new ArrayList<>(points);
        all.add(point);
        return new Crash(all, answer, meanwhile);
    }

    /** Settings of the processes that are halted. */
    List<String> settings(URI webhooks) {
        return switch (meanwhile) {
            case TOLD_BY_WEBHOOK -> List.of("showreel.replicate.public-base-url=" + webhooks);
            // Long enough for a withdrawal to arrive before the answer is given up.
            case WITHDRAWN_WHEN_IT_WAS_SENT ->
                List.of("showreel.replicate.submit-timeout=6s", "showreel.takes.guard-after=10s");
            default -> List.of();
        };
    }

    Oddity oddity() {
        return meanwhile == Meanwhile.TOLD_BY_WEBHOOK ? Oddity.MUTE : answer.oddity;
    }

    /** How the take may end. */
    Set<End> ends() {
        return meanwhile.ends.isEmpty() ? Set.of(answer.end) : meanwhile.ends;
    }

    String halted() {
        return String.join(", then ", points);
    }

    @Override
    public String toString() {
        return halted() + " / " + answer + " / " + meanwhile;
    }
}
