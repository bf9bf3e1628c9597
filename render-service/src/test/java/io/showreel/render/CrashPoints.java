package io.showreel.render;

import io.showreel.render.Crash.Answer;
import io.showreel.render.Crash.Meanwhile;
import java.util.ArrayList;
import java.util.List;

/** Which process is halted where, and with which answer: each point with the answers that lead through it. */
final class CrashPoints {

    /** The points where most is at stake. */
    static final List<Crash> REPRESENTATIVE = List.of(
            new Crash("after committing submitting", Answer.ACCEPTED),
            new Crash("after submit", Answer.ACCEPTED),
            new Crash("after submit", Answer.REFUSED_503),
            new Crash("after committing unknown", Answer.ANSWER_CUT_OFF),
            new Crash("before committing fetching", Answer.ACCEPTED),
            new Crash("after keep", Answer.ACCEPTED),
            new Crash("before committing queued", Answer.FAILED_E6716),
            new Crash("after cancel", Answer.STUCK, Meanwhile.WITHDRAWN_WHEN_IT_RUNS),
            new Crash("before committing fetching by webhook", Answer.ACCEPTED, Meanwhile.TOLD_BY_WEBHOOK),
            new Crash("before hold", Answer.REFUSED_402));

    /** Each is told, or not, by the answer to the submission. */
    private static final List<Answer> AT_ONCE = List.of(
            Answer.ACCEPTED,
            Answer.ANSWER_CUT_OFF,
            Answer.ANSWERED_504,
            Answer.ANSWERED_LATE,
            Answer.REFUSED_401,
            Answer.REFUSED_402,
            Answer.REFUSED_422,
            Answer.REFUSED_503,
            Answer.THROTTLED_BY_BODY,
            Answer.FAILED_E6716,
            Answer.MODERATED_E005);

    /** Of a kind with one of those, or of no account before it was sent. */
    private static final List<Answer> ONLY_AFTERWARDS = List.of(
            Answer.REFUSED_500,
            Answer.REFUSED_502,
            Answer.THROTTLED_BY_HEADER,
            Answer.THROTTLED_BY_TEXT,
            Answer.LOW_ON_CREDIT,
            Answer.ENDED_ABORTED,
            Answer.ENDED_CANCELED,
            Answer.OUTPUT_IN_A_LIST,
            Answer.OUTPUT_IN_AN_OBJECT,
            Answer.DOWNLOAD_CUT_OFF,
            Answer.DOWNLOAD_EMPTY);

    private final List<Crash> all = new ArrayList<>();

    private CrashPoints() {}

    static List<Crash> everywhere() {
        var points = new CrashPoints();
        points.start();
        points.submission();
        points.account();
        points.run();
        points.copying();
        points.withdrawal();
        points.person();
        points.lookingBack();
        points.webhook();
        points.twice();
        return points.all;
    }

    /** A photo that was fetched once is not fetched again, so this comes first. */
    private void start() {
        around("fetch", Answer.ACCEPTED);
        around("committing cut", Answer.ACCEPTED);
        around("upload", Answer.ACCEPTED, Answer.UPLOAD_REFUSED);
        around("delay", Answer.UPLOAD_REFUSED);
    }

    private void submission() {
        for (var answer : AT_ONCE) {
            around("submit", answer);
            around("committing submitting", answer);
        }
        for (var answer : ONLY_AFTERWARDS) {
            all.add(new Crash("after submit", answer));
            all.add(new Crash("after committing submitting", answer));
        }
        around(
                "committing unknown",
                Answer.ANSWER_CUT_OFF,
                Answer.ANSWERED_504,
                Answer.ANSWERED_LATE,
                Answer.REFUSED_500,
                Answer.REFUSED_502,
                Answer.REFUSED_503);
        around("find", Answer.ANSWER_CUT_OFF, Answer.ANSWERED_504, Answer.ANSWERED_LATE, Answer.REFUSED_503);
        around("postponing follow", Answer.REFUSED_503);
        around(
                "committing queued",
                Answer.REFUSED_401,
                Answer.REFUSED_402,
                Answer.REFUSED_500,
                Answer.REFUSED_502,
                Answer.REFUSED_503,
                Answer.THROTTLED_BY_BODY,
                Answer.THROTTLED_BY_HEADER,
                Answer.THROTTLED_BY_TEXT,
                Answer.FAILED_E6716,
                Answer.ENDED_ABORTED);
        around("committing lost", Answer.REFUSED_422);
    }

    private void account() {
        around("hold", Answer.REFUSED_401, Answer.REFUSED_402);
        around("release", Answer.REFUSED_401, Answer.REFUSED_402);
        around("pause", Answer.THROTTLED_BY_BODY, Answer.THROTTLED_BY_HEADER, Answer.THROTTLED_BY_TEXT);
        around("slow down", Answer.LOW_ON_CREDIT);
    }

    private void run() {
        around(
                "committing running",
                Answer.ACCEPTED,
                Answer.FAILED_E6716,
                Answer.MODERATED_E005,
                Answer.ENDED_ABORTED,
                Answer.ENDED_CANCELED);
        around(
                "look",
                Answer.ACCEPTED,
                Answer.FAILED_E6716,
                Answer.MODERATED_E005,
                Answer.ENDED_ABORTED,
                Answer.ENDED_CANCELED);
        around("committing lost", Answer.MODERATED_E005, Answer.ENDED_CANCELED);
        around("completing follow", Answer.ACCEPTED, Answer.FAILED_E6716);
    }

    private void copying() {
        around("committing fetching", Answer.ACCEPTED, Answer.OUTPUT_IN_A_LIST, Answer.OUTPUT_IN_AN_OBJECT);
        around(
                "download",
                Answer.ACCEPTED,
                Answer.OUTPUT_IN_A_LIST,
                Answer.OUTPUT_IN_AN_OBJECT,
                Answer.DOWNLOAD_CUT_OFF,
                Answer.DOWNLOAD_EMPTY);
        around("postponing follow", Answer.DOWNLOAD_CUT_OFF);
        around("keep", Answer.ACCEPTED, Answer.DOWNLOAD_CUT_OFF, Answer.DOWNLOAD_EMPTY);
        around("committing rendered", Answer.ACCEPTED, Answer.DOWNLOAD_CUT_OFF);
    }

    private void withdrawal() {
        around("committing withdrawn", Meanwhile.WITHDRAWN_BEFORE_IT_IS_ASKED_FOR, Answer.ACCEPTED);
        around("committing submitting unwanted", Meanwhile.WITHDRAWN_WHEN_IT_WAS_SENT, Answer.ANSWERED_MUCH_LATER);
        around("committing unknown unwanted", Meanwhile.WITHDRAWN_WHEN_IT_WAS_SENT, Answer.ANSWERED_MUCH_LATER);
        var running = Meanwhile.WITHDRAWN_WHEN_IT_RUNS;
        around("committing withdrawal", running, Answer.STUCK);
        around("committing running unwanted", running, Answer.STUCK);
        around("cancel", running, Answer.STUCK, Answer.STUCK_BEFORE_ITS_START, Answer.STUCK_AND_CANCEL_UNHEARD);
        around("postponing cancel", running, Answer.STUCK_AND_CANCEL_UNHEARD);
        around("committing withdrawn", running, Answer.STUCK, Answer.STUCK_BEFORE_ITS_START);
        around("completing cancel", running, Answer.STUCK);
        var copied = Meanwhile.WITHDRAWN_WHEN_IT_IS_COPIED;
        around("committing fetching unwanted", copied, Answer.DOWNLOAD_REFUSED);
        around("committing withdrawn", copied, Answer.DOWNLOAD_REFUSED);
    }

    private void person() {
        around("committing unverifiable", Meanwhile.SAID_TO_BE_PAID, Answer.ANSWER_CUT_OFF_LONG_AGO);
        around("committing lost", Meanwhile.SAID_TO_BE_PAID, Answer.ANSWER_CUT_OFF_LONG_AGO);
        around("committing lost", Meanwhile.WITHDRAWN_WHEN_NOBODY_KNOWS, Answer.ANSWER_CUT_OFF_LONG_AGO);
        around("committing unverifiable", Meanwhile.SAID_NOT_TO_BE_PAID, Answer.REFUSED_503_LONG_AGO);
        around("committing queued", Meanwhile.SAID_NOT_TO_BE_PAID, Answer.REFUSED_503_LONG_AGO);
    }

    private void lookingBack() {
        around("look back", Answer.TURNS_UP_LATER);
        around("postponing look back", Answer.TURNS_UP_MUCH_LATER);
        around("committing stray", Answer.TURNS_UP_LATER);
        around("completing look back", Answer.TURNS_UP_LATER);
        around("cancel", Answer.TURNS_UP_LATER);
        around("committing stray's end", Answer.TURNS_UP_LATER);
        around("completing cancel", Answer.TURNS_UP_LATER);
    }

    private void webhook() {
        var told = Meanwhile.TOLD_BY_WEBHOOK;
        around("committing running by webhook", told, Answer.ANSWERED_AFTER_ITS_WEBHOOK);
        around("committing fetching by webhook", told, Answer.ACCEPTED, Answer.ANSWERED_LATE);
        around("committing queued by webhook", told, Answer.FAILED_E6716);
        around("committing lost by webhook", told, Answer.MODERATED_E005);
    }

    /** Whoever cleans up may die of it, too. */
    private void twice() {
        all.add(new Crash("after submit", Answer.ACCEPTED).then("before committing unknown"));
        all.add(new Crash("after submit", Answer.ACCEPTED).then("after find"));
        all.add(new Crash("after committing submitting", Answer.ACCEPTED).then("after committing queued"));
        all.add(new Crash("after submit", Answer.ANSWER_CUT_OFF).then("after committing running"));
    }

    private void around(String step, Answer... answers) {
        around(step, Meanwhile.NOTHING, answers);
    }

    private void around(String step, Meanwhile meanwhile, Answer... answers) {
        for (var answer : answers) {
            all.add(new Crash("before " + step, answer, meanwhile));
            all.add(new Crash("after " + step, answer, meanwhile));
        }
    }
}
