package io.showreel.selection.storyboard;

import io.showreel.contracts.job.JobCommand.Photo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds the photos that belong together: by their first tag, or where that makes no group by their name (which is the
 * uploaded file's name when nobody gave one), each without its trailing number. Groups under two photos are left out,
 * since a scene needs a first and a last picture.
 */
final class PhotoGroups {

    private static final Pattern FILE_ENDING =
            Pattern.compile("\\.(jpe?g|png|webp|heic|heif|avif|tiff?|gif|bmp)$", Pattern.CASE_INSENSITIVE);
    private static final Pattern TRAILING_NUMBER = Pattern.compile("[\\s(#]*\\d+\\s*\\)?$");

    private PhotoGroups() {}

    /** In the order in which their first photos stand. */
    static List<PhotoGroup> of(List<Photo> photos) {
        var distinct = distinct(photos);
        var sharing = new HashMap<String, Integer>();
        distinct.forEach(photo -> sharing.merge(key(byTag(photo)), 1, Integer::sum));

        var names = new LinkedHashMap<String, String>();
        var members = new HashMap<String, List<Photo>>();
        for (var photo : distinct) {
            var tag = byTag(photo);
            var grouped = !tag.isBlank() && sharing.getOrDefault(key(tag), 0) > 1;
            var name = grouped ? tag : withoutTrailingNumber(photo.name());
            names.putIfAbsent(key(name), name.isBlank() ? "Photos" : name);
            members.computeIfAbsent(key(name), k -> new ArrayList<>()).add(photo);
        }
        return names.entrySet().stream()
                .map(named -> Map.entry(named.getValue(), members.getOrDefault(named.getKey(), List.of())))
                .filter(group -> group.getValue().size() > 1)
                .map(group -> PhotoGroup.of(group.getKey(), group.getValue()))
                .toList();
    }

    /** {@code Exterior 1} for {@code Exterior 1 3}, {@code exterior-1-3.jpg} and {@code Exterior_1 (3)}. */
    static String withoutTrailingNumber(String name) {
        var words = FILE_ENDING.matcher(name.strip()).replaceFirst("").replaceAll("[_\\s-]+", " ");
        return TRAILING_NUMBER.matcher(words.strip()).replaceFirst("").strip();
    }

    private static String byTag(Photo photo) {
        return photo.tags().isEmpty() ? "" : withoutTrailingNumber(photo.tags().getFirst());
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static List<Photo> distinct(List<Photo> photos) {
        var seen = new HashSet<Object>();
        return photos.stream().filter(photo -> seen.add(photo.assetId())).toList();
    }
}
