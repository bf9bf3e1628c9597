package io.showreel.gateway.rest;

import java.util.UUID;

/**
 * A job's answer, ready to be sent.
 *
 * @param expiry of the links in it; part of the ETag, since links change with the day
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; the bytes go out as they are.
record Page(long jobId, long version, UUID clientId, long expiry, String etag, byte[] bytes) {}
