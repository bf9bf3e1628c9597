package io.showreel.sandbox.prediction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a prediction's events go, and which of them; without a filter, outputs and the end. */
public record Hook(String url, @Nullable List<String> events) {
    public boolean wants(String event) {
        return events == null ? event.equals("output") || event.equals("completed") : events.contains(event);
    }
}
