package io.showreel.local.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The campaign "Mountain Retreat": 84 photos in 15 groups. */
final class SampleCampaign {

    static final String NAME = "Mountain Retreat";
    static final String BRIEF =
            "A quiet mountain house for people who want to arrive: warm light, wide views, long evenings. "
                    + "Show the place first, then its rooms, and end outside.";
    static final String GOAL = "Bookings for the coming season";

    private static final String MANIFEST = "manifest.csv";

    private SampleCampaign() {}

    /** As the manifest lists them. */
    static List<Photo> photos() {
        try (var manifest = open(MANIFEST)) {
            return new String(manifest.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .filter(line -> !line.isBlank())
                    .map(line -> line.split(","))
                    .map(cells -> new Photo(cells[0], cells[1], cells[2]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(Photo photo) {
        try (var file = open("photos/" + photo.file())) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(SampleCampaign.class.getResourceAsStream(name), name);
    }
}
