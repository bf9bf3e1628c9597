package io.showreel.sandbox.fault;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** A fault that was ordered: it strikes so many times, at any model or at one. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fault")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Fault.RefuseCreate.class, name = "refuse_create"),
    @JsonSubTypes.Type(value = Fault.DropAnswer.class, name = "drop_answer"),
    @JsonSubTypes.Type(value = Fault.FailRun.class, name = "fail_run")
})
public sealed interface Fault {
    @Nullable
    String model();

    int times();

    Fault withTimes(int times);

    default boolean strikes(String wanted) {
        return model() == null || wanted.equals(model());
    }

    /** A create is answered with this status, and nothing is created. */
    record RefuseCreate(
            @Nullable String model,
            int times,
            int status,
            @Nullable String body) implements Fault {
        @Override
        public RefuseCreate withTimes(int left) {
            return new RefuseCreate(model, left, status, body);
        }
    }

    /** A prediction is created; then the connection is cut, or this status is answered. */
    record DropAnswer(
            @Nullable String model, int times, @Nullable Integer status) implements Fault {
        @Override
        public DropAnswer withTimes(int left) {
            return new DropAnswer(model, left, status);
        }
    }

    /** A prediction fails instead of starting. */
    record FailRun(@Nullable String model, int times, String error) implements Fault {
        @Override
        public FailRun withTimes(int left) {
            return new FailRun(model, left, error);
        }
    }
}
