package io.showreel.stitch.assembly;

import java.util.UUID;

/** A clip of a cut; the key of its preparation. */
public record TakeOfCut(CutId cut, UUID takeId) {

    public static TakeOfCut parse(String text) {
        int end = text.lastIndexOf('/');
        return new TakeOfCut(CutId.parse(text.substring(0, end)), UUID.fromString(text.substring(end + 1)));
    }

    @Override
    public String toString() {
        return cut + "/" + takeId;
    }
}
