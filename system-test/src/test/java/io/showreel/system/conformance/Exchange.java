package io.showreel.system.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A call and its answer.
 *
 * @param path without what all paths begin with
 * @param query raw, empty if there is none
 */
public record Exchange(
        String method,
        String path,
        String query,
        String sentType,
        byte[] sent,
        int status,
        String type,
        byte[] answer) {

    List<String> parameters() {
        var names = new ArrayList<String>();
        for (var pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                names.add(pair.substring(0, pair.indexOf('=')));
            }
        }
        return names;
    }

    String sentText() {
        return new String(sent, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return method + " " + path + " " + status;
    }
}
