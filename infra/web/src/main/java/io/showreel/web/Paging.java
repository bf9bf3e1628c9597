package io.showreel.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * Which page of a list is asked for. Controllers declare it as a parameter; router functions call {@link #of}.
 *
 * @param limit how many at most, 1..1000
 * @param offset how many are skipped
 */
public record Paging(int limit, int offset) {

    private static final int DEFAULT_LIMIT = 25;
    private static final int HIGHEST_LIMIT = 1000;

    /** Reads {@code limit} and {@code offset}; a wrong one is a 422 that names it. */
    public static Paging of(MultiValueMap<String, String> query) {
        var details = new LinkedHashMap<String, List<String>>();
        var limit = number(query.getFirst("limit"), DEFAULT_LIMIT, 1, HIGHEST_LIMIT);
        if (limit == null) {
            details.put("limit", List.of("must be a number from 1 to " + HIGHEST_LIMIT));
        }
        var offset = number(query.getFirst("offset"), 0, 0, Integer.MAX_VALUE);
        if (offset == null) {
            details.put("offset", List.of("must be a number from 0 on"));
        }
        if (limit == null || offset == null) {
            throw ApiException.invalid(Map.copyOf(details));
        }
        return new Paging(limit, offset);
    }

    private static @Nullable Integer number(@Nullable String given, int otherwise, int lowest, int highest) {
        if (given == null) {
            return otherwise;
        }
        try {
            var number = Integer.parseInt(given.strip());
            return number >= lowest && number <= highest ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
