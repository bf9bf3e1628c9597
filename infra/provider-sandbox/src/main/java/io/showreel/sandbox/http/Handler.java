package io.showreel.sandbox.http;

import java.io.IOException;

/** Answers a request. */
@FunctionalInterface
public interface Handler {
    Reply handle(Request request) throws IOException, InterruptedException;
}
