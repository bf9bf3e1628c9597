package io.showreel.selection.storyboard;

import io.showreel.contracts.job.JobCommand.Photo;
import io.showreel.selection.photo.Album;
import io.showreel.selection.photo.Hashes;
import io.showreel.selection.photo.Jpeg;
import io.showreel.selection.photo.Measures;
import io.showreel.selection.photo.Palette;
import io.showreel.selection.photo.SamplePhotos;
import io.showreel.selection.photo.Sight;
import io.showreel.selection.photo.Thumbnail;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** What might have been seen of photos that don't exist. */
public final class Albums {

    private static final Thumbnail THUMBNAIL = new Thumbnail(Jpeg.of(SamplePhotos.white(32, 18), 0.5f));

    private final Map<URI, Sight> sights = new HashMap<>();
    private final Set<URI> spoilt = new HashSet<>();

    /** @param bits how far it is from where the camera began, in bits of the hash */
    Albums seen(Photo photo, int bits, double sharpness) {
        return seen(photo, bits, sharpness, 0);
    }

    /** @param colour that the whole picture has, from 0 to 63 */
    Albums seen(Photo photo, int bits, double sharpness, int colour) {
        var gradient = bits >= Long.SIZE ? -1L : (1L << bits) - 1;
        var shares = new Float[64];
        Arrays.fill(shares, 0f);
        shares[colour] = 1f;
        var measures = new Measures(
                photo.width(),
                photo.height(),
                sharpness,
                120,
                0,
                new Hashes(gradient, new SplittableRandom(colour).nextLong()),
                new Palette(List.of(shares)));
        sights.put(photo.object(), new Sight(measures, THUMBNAIL));
        return this;
    }

    Albums spoilt(Photo photo) {
        spoilt.add(photo.object());
        return this;
    }

    Album album() {
        return new Album(sights, spoilt, null);
    }

    /** Each group of a colour of its own, its photos a camera move apart. */
    public static Album of(List<List<Photo>> groups) {
        var albums = new Albums();
        for (var i = 0; i < groups.size(); i++) {
            for (var j = 0; j < groups.get(i).size(); j++) {
                albums.seen(groups.get(i).get(j), 12 * j, 100, i);
            }
        }
        return albums.album();
    }

    /** Each a camera move of so many bits from the one before, all as sharp. */
    static Album walk(List<Photo> photos, int bits) {
        var albums = new Albums();
        for (var photo : photos) {
            albums.seen(photo, bits * photos.indexOf(photo), 100);
        }
        return albums.album();
    }
}
