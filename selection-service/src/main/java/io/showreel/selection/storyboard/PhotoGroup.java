package io.showreel.selection.storyboard;

import io.showreel.contracts.job.JobCommand.Photo;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Photos of one view, so that a camera can move from any of them to any other.
 *
 * @param name for a person, such as {@code Living Room 1}
 * @param photos at least two at first, in the campaign's order
 * @param words what is written about them, in lower case, each word between single blanks
 */
public record PhotoGroup(String name, List<Photo> photos, String words) {

    public PhotoGroup {
        photos = List.copyOf(photos);
    }

    static PhotoGroup of(String name, List<Photo> photos) {
        var words = Stream.concat(Stream.of(name), photos.stream().flatMap(PhotoGroup::texts))
                .map(PhotoGroup::asWords)
                .distinct()
                .collect(Collectors.joining(" ", " ", " "));
        return new PhotoGroup(name, photos, words);
    }

    /** Some of its photos; it still shows what all of them were said to show. */
    PhotoGroup only(Predicate<Photo> which) {
        return new PhotoGroup(name, photos.stream().filter(which).toList(), words);
    }

    /** What the group shows, without the number that tells it from others: {@code living room}. */
    String subject() {
        var subject = PhotoGroups.withoutTrailingNumber(name).toLowerCase(Locale.ROOT);
        return subject.isBlank() ? name.toLowerCase(Locale.ROOT) : subject;
    }

    static String asWords(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }

    private static Stream<String> texts(Photo photo) {
        var description = photo.description();
        return Stream.concat(photo.tags().stream(), Stream.ofNullable(description));
    }
}
