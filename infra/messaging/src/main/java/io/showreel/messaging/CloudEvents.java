package io.showreel.messaging;

import io.showreel.observability.tracing.Traceparent;

/** The headers of a message: CloudEvents in Kafka's binary mode, and what ties it to its story. */
public final class CloudEvents {

    public static final String SPEC_VERSION = "ce_specversion";
    public static final String ID = "ce_id";
    public static final String TYPE = "ce_type";
    public static final String SOURCE = "ce_source";
    public static final String SUBJECT = "ce_subject";
    public static final String TIME = "ce_time";
    public static final String CAUSATION_ID = "ce_causationid";
    public static final String CONTENT_TYPE = "content-type";
    public static final String TRACEPARENT = Traceparent.HEADER;
    public static final String REQUEST_ID = "x-request-id";

    private CloudEvents() {}
}
