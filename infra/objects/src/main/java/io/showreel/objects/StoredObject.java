package io.showreel.objects;

import java.net.URI;
import java.time.Instant;

/** What the store knows about an object. The etag stands without quotes. */
public record StoredObject(URI uri, long size, String contentType, String etag, Instant lastModified) {}
