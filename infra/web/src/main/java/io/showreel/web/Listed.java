package io.showreel.web;

import java.util.List;

/** The body of an answer that is one page of a list. */
public record Listed<T>(List<T> data, Meta meta) {

    /** Where the page lies in the whole. */
    public record Meta(long total, int limit, int offset) {}

    public static <T> Listed<T> of(List<T> data, long total, Paging paging) {
        return new Listed<>(data, new Meta(total, paging.limit(), paging.offset()));
    }
}
