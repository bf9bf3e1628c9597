package io.showreel.observability;

import java.util.List;

/**
 * A gauge that a query of the service's own database answers, asked again every few seconds. Each replica shows the same
 * numbers: take the greatest, not the sum.
 *
 * @param name in Micrometer's form, such as {@code showreel.outbox.messages}
 * @param description of the value, for whoever reads the scrape
 * @param unit such as {@code seconds}; empty for plain counts
 * @param tags the columns that tell the rows apart
 * @param query has the columns of the tags, and a number in {@code value}; it must be cheap on a table of any size
 */
public record SampledGauge(String name, String description, String unit, List<String> tags, String query) {
    public SampledGauge {
        tags = List.copyOf(tags);
    }
}
