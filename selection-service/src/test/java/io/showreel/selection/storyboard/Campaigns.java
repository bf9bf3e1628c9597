package io.showreel.selection.storyboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.showreel.contracts.Configuration;
import io.showreel.contracts.job.JobCommand.Campaign;
import io.showreel.contracts.job.JobCommand.Photo;
import io.showreel.contracts.job.JobCommand.SelectScenes;
import io.showreel.contracts.job.JobCommand.Wish;
import io.showreel.contracts.job.JobType;
import io.showreel.contracts.storyboard.StoryboardEvent.Pair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** Commands to test with: the sample campaign's 84 photos, and any others. */
public final class Campaigns {

    private static final UUID CAMPAIGN = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID CLIENT = UUID.fromString("00000000-0000-4000-8000-000000000002");

    private Campaigns() {}

    /** As asset-service hands them out: tagged, and in the natural order of their names. */
    public static List<Photo> sample() {
        try (var csv = Campaigns.class.getResourceAsStream("/campaign.csv")) {
            return new String(csv.readAllBytes(), UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(","))
                    .map(cells -> photo(cells[1], cells[2]))
                    .sorted((one, other) -> one.name().compareTo(other.name()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Photo photo(String name, String... tags) {
        var id = UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
        return new Photo(id, name, List.of(tags), null, URI.create("s3://showreel/assets/" + id + ".jpg"), 1280, 720);
    }

    /** Named {@code <group> 1}, {@code <group> 2} and so on. */
    public static List<Photo> group(String group, int photos) {
        return IntStream.rangeClosed(1, photos)
                .mapToObj(i -> photo(group + " " + i))
                .toList();
    }

    public static SelectScenes asking(List<Photo> photos, int scenes) {
        return command(JobType.IMAGE_PAIRS, photos, scenes, "16:9", List.of(), Map.of());
    }

    static SelectScenes asking(List<Photo> photos, int scenes, Map<String, Object> imageSelection) {
        return command(JobType.IMAGE_PAIRS, photos, scenes, "16:9", List.of(), imageSelection);
    }

    public static SelectScenes asking(List<Photo> photos, int scenes, String... types) {
        return command(JobType.PROPERTY_PHOTOS, photos, scenes, "16:9", List.of(types), Map.of());
    }

    public static SelectScenes asking(
            List<Photo> photos, int scenes, String aspectRatio, Map<String, Object> imageSelection) {
        return command(JobType.IMAGE_PAIRS, photos, scenes, aspectRatio, List.of(), imageSelection);
    }

    /** The same job, which had these pairs before. */
    static SelectScenes again(SelectScenes command, List<Pair> previous) {
        return new SelectScenes(
                command.jobId(),
                command.selection() + 1,
                command.type(),
                command.campaign(),
                command.photos(),
                command.wish(),
                command.configuration(),
                previous);
    }

    private static SelectScenes command(
            JobType type,
            List<Photo> photos,
            int scenes,
            String aspectRatio,
            List<String> types,
            Map<String, Object> imageSelection) {
        return new SelectScenes(
                42,
                1,
                type,
                new Campaign(CAMPAIGN, CLIENT, "Mountain Retreat", "Peace and quiet above the valley", null, null),
                photos,
                new Wish(scenes, Duration.ofSeconds(4), aspectRatio, "Warm and natural", null, "cut", types),
                new Configuration(1, Map.of("image_selection", imageSelection)));
    }
}
