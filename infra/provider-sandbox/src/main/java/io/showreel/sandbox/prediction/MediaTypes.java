package io.showreel.sandbox.prediction;

import java.util.Map;

/** What outputs are, by the ends of their names. */
public final class MediaTypes {
    private static final Map<String, String> TYPES = Map.of(
            "mp4", "video/mp4",
            "mp3", "audio/mpeg",
            "wav", "audio/wav",
            "flac", "audio/flac");

    private MediaTypes() {}

    public static String of(String name) {
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }
}
