package io.showreel.observability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Knows every environment variable that begins with {@code SHOWREEL_} and means something to one of the programs. A
 * misspelt one would otherwise be a setting that silently does nothing.
 */
public final class Variables {

    private static final String PREFIX = "SHOWREEL_";
    private static final String LIST = "variables.txt";

    private final List<String> known;

    private Variables(List<String> known) {
        this.known = known;
    }

    /** The variables of this build, generated from the settings of all services and the launcher's switches. */
    public static Variables ofShowreel() {
        try (var list = Variables.class.getResourceAsStream(LIST)) {
            if (list == null) {
                throw new IllegalStateException(LIST + " is not on the class path");
            }
            var lines = new String(list.readAllBytes(), StandardCharsets.UTF_8).lines();
            return new Variables(lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Variables::canonical)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of the names that begin with {@code SHOWREEL_} and mean nothing, sorted. */
    public List<String> unknownAmong(Collection<String> names) {
        var unknown = new TreeSet<String>();
        for (var name : names) {
            if (name.toUpperCase(Locale.ROOT).startsWith(PREFIX) && !knows(canonical(name))) {
                unknown.add(name);
            }
        }
        return List.copyOf(unknown);
    }

    private boolean knows(String name) {
        return known.stream()
                .anyMatch(each ->
                        each.endsWith("*") ? name.startsWith(each.substring(0, each.length() - 1)) : name.equals(each));
    }

    /** Spring binds {@code SHOWREEL_A_BC} and {@code SHOWREEL_A_B_C} to {@code showreel.a.b-c} alike. */
    private static String canonical(String name) {
        return name.strip().toUpperCase(Locale.ROOT).replace("_", "");
    }
}
