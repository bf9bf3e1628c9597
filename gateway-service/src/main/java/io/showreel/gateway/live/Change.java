package io.showreel.gateway.live;

import java.util.Optional;

/** That a job has a version; on the channel as {@code id:version}. */
record Change(long jobId, long version) {

    static Optional<Change> parse(String text) {
        int colon = text.indexOf(':');
        try {
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Change(
                            Long.parseLong(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    String text() {
        return jobId + ":" + version;
    }
}
