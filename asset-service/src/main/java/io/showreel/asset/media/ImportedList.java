package io.showreel.asset.media;

import java.util.List;

/** What came of many imports: those that succeeded, in the order asked, and why the others did not. */
record ImportedList(List<AssetView> data, Meta meta) {

    /** How it went. */
    record Meta(int created, int failed, List<Failure> errors) {}

    /**
     * One that could not be brought in.
     *
     * @param source the address, or its place in the list if none was given
     */
    record Failure(String source, String error) {}
}
