package io.showreel.gateway.job;

import java.util.List;

/** The answer to a command. */
public sealed interface Decision {

    /** @param facts none if what was asked for is already so */
    record Accepted(List<Fact> facts) implements Decision {
        public Accepted {
            facts = List.copyOf(facts);
        }

        static Accepted of(Fact... facts) {
            return new Accepted(List.of(facts));
        }
    }

    /** @param code stable, as the REST API names it */
    record Rejected(Code code, String message) implements Decision {}

    enum Code {
        JOB_NOT_PENDING,
        STORYBOARD_CHANGED,
        JOB_NOT_CANCELABLE,
        JOB_NOT_RETRYABLE,
        JOB_NOT_EDITABLE,
        JOB_NOT_COMPLETED,
        JOB_BUSY,
        JOB_ACTIVE,
        SCENE_BUSY,
        SCENE_UNKNOWN,
        SCENE_COUNT,
        SCENE_ORDER,
        SCENE_DURATION,
        INVALID_SCENE_TYPES,
        TAKE_UNKNOWN,
        TAKE_NOT_UNVERIFIABLE,
        REVISION_UNKNOWN,
        CAP_LOWERED
    }
}
