package io.showreel.selection.photo;

import io.showreel.contracts.job.JobCommand.Photo;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a campaign's photos.
 *
 * @param sights by object; none at all when nobody looked
 * @param spoilt objects that are gone, or are no pictures that can be read
 * @param note what could not be looked at and why, for a person; null when nothing is amiss
 */
public record Album(
        Map<URI, Sight> sights, Set<URI> spoilt, @Nullable String note) {

    public static final Album UNSEEN = new Album(Map.of(), Set.of(), null);

    public Album {
        sights = Map.copyOf(sights);
        spoilt = Set.copyOf(spoilt);
    }

    public boolean isEmpty() {
        return sights.isEmpty();
    }

    public Optional<Sight> sightOf(Photo photo) {
        return Optional.ofNullable(sights.get(photo.object()));
    }

    public Optional<Measures> measuresOf(Photo photo) {
        return sightOf(photo).map(Sight::measures);
    }

    /** Empty unless both were seen. */
    public Optional<Kinship> kinship(Photo one, Photo other) {
        return measuresOf(one).flatMap(first -> measuresOf(other).map(first::to));
    }
}
