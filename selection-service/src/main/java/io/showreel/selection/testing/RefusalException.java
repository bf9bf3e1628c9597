package io.showreel.selection.testing;

import java.util.List;
import java.util.Map;

/** What was asked for can't be done, through no fault of ours. */
final class RefusalException extends RuntimeException {

    private final String code;
    private final transient Map<String, List<String>> details;

    /** @param details what is wrong with a field, by its path */
    RefusalException(String code, String message, Map<String, List<String>> details) {
        super(message);
        this.code = code;
        this.details = Map.copyOf(details);
    }

    String code() {
        return code;
    }

    Map<String, List<String>> details() {
        return details;
    }
}
