package io.showreel.system.operate;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code docs/metrics.md} lists. */
public final class MetricsPage {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(showreel_[a-z_]+)` \\|");
    private static final Pattern NAME = Pattern.compile("`([a-z][a-z0-9]*(?:_[a-z0-9]+)+|up)`");
    private static final Pattern PART = Pattern.compile("_(bucket|count|sum|max)$");

    private final String text = Tree.read("docs/metrics.md");

    /** Our own metrics, without the endings of a histogram's or summary's parts. */
    public Set<String> own() {
        return ROW.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Everything that the page names. */
    Set<String> all() {
        return NAME.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The metric that a name in a scrape or an expression belongs to. */
    public static String metric(String name) {
        return PART.matcher(name).replaceFirst("");
    }
}
