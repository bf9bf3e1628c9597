package io.showreel.gateway.job;

import io.showreel.contracts.job.JobCommand;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a selection may choose from. Kept only until there is a storyboard, which holds the photos that it uses. */
public record Material(JobCommand.Campaign campaign, List<JobCommand.Photo> photos) {

    public Material {
        photos = List.copyOf(photos);
    }

    List<UUID> assetIds() {
        return photos.stream().map(JobCommand.Photo::assetId).toList();
    }

    /** Where a photo's bytes are; empty if it is none of these. */
    public Optional<URI> object(UUID assetId) {
        return photos.stream()
                .filter(photo -> photo.assetId().equals(assetId))
                .map(JobCommand.Photo::object)
                .findFirst();
    }
}
