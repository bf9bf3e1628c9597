package io.showreel.sandbox.fault;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What goes wrong. Each kind is asked for at one moment of a request's or a prediction's life, by whoever acts on it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fault")
@JsonSubTypes({
    @JsonSubTypes.Type(
            value = RefuseCall.class,
            names = {"refuse_call", "refuse_create"}),
    @JsonSubTypes.Type(value = LowCredit.class, name = "low_credit"),
    @JsonSubTypes.Type(value = DropAnswer.class, name = "drop_answer"),
    @JsonSubTypes.Type(value = FailRun.class, name = "fail_run"),
    @JsonSubTypes.Type(value = StallRun.class, name = "stall_run"),
    @JsonSubTypes.Type(value = EndRun.class, name = "end_run"),
    @JsonSubTypes.Type(value = ShapeOutput.class, name = "shape_output"),
    @JsonSubTypes.Type(value = ExpireOutput.class, name = "expire_output"),
    @JsonSubTypes.Type(value = SpoilDownload.class, name = "spoil_download"),
    @JsonSubTypes.Type(value = DisturbWebhook.class, name = "disturb_webhook"),
    @JsonSubTypes.Type(value = RefuseChat.class, name = "refuse_chat"),
    @JsonSubTypes.Type(value = SpoilChat.class, name = "spoil_chat")
})
public sealed interface Fault
        permits RefuseCall,
                LowCredit,
                DropAnswer,
                RunFault,
                OutputFault,
                SpoilDownload,
                DisturbWebhook,
                RefuseChat,
                SpoilChat {

    /** Whether it lasts until it is taken back; others strike once if nothing else is said. */
    default boolean isMode() {
        return false;
    }
}
