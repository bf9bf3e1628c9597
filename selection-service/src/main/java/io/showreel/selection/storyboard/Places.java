package io.showreel.selection.storyboard;

import io.showreel.contracts.job.JobCommand.Photo;
import io.showreel.selection.photo.Album;
import io.showreel.selection.photo.Kinship;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells places apart by sight where names don't. Cameras number what they take, so a group of such names is no group but
 * all that was on the card: its photos belong together as far as one leads to the next by a small move of the camera.
 */
final class Places {

    /** What is left of a camera's or a telephone's file name without its last number. */
    private static final Pattern FROM_A_CAMERA = Pattern.compile(
            "(img|dsc|dscf|dscn|dji|gopr|pxl|mvimg|p|pict|photo|photos|image|images|picture|bild|foto"
                    + "|whatsapp image|signal|screenshot)?[\\d\\s.]*",
            Pattern.CASE_INSENSITIVE);

    private Places() {}

    /**
     * Groups whose names say something stay as they are; nothing happens where nobody looked.
     *
     * @param pairs how many are wanted; photos that lead to no other are grouped only where the rest makes fewer
     */
    static List<PhotoGroup> apart(List<PhotoGroup> groups, Album album, int pairs) {
        var numbered = groups.stream().filter(Places::saysNothing).toList();
        if (numbered.isEmpty() || album.isEmpty()) {
            return groups;
        }
        var apart = new ArrayList<>(
                groups.stream().filter(group -> !saysNothing(group)).toList());
        var left = new LinkedHashSet<Photo>();
        numbered.forEach(group -> left.addAll(group.photos()));
        var alone = new ArrayList<Photo>();
        var places = 0;
        while (!left.isEmpty()) {
            var together = leadingOnFrom(left.getFirst(), left, album);
            if (together.size() > 1) {
                apart.add(PhotoGroup.of("Place " + ++places, together));
            } else {
                alone.addAll(together);
            }
        }
        if (alone.size() > 1 && mostPairs(apart) < pairs) {
            apart.add(PhotoGroup.of("Photos", alone));
        }
        return apart;
    }

    private static boolean saysNothing(PhotoGroup group) {
        return FROM_A_CAMERA.matcher(group.name()).matches();
    }

    /** Takes them out of those that are left; in the campaign's order. */
    private static List<Photo> leadingOnFrom(Photo first, LinkedHashSet<Photo> left, Album album) {
        var together = new LinkedHashSet<Photo>();
        var waiting = new ArrayDeque<>(List.of(first));
        left.remove(first);
        while (!waiting.isEmpty()) {
            var one = waiting.remove();
            together.add(one);
            var next =
                    left.stream().filter(other -> isOnePlace(one, other, album)).toList();
            next.forEach(left::remove);
            waiting.addAll(next);
        }
        return List.copyOf(together);
    }

    private static boolean isOnePlace(Photo one, Photo other, Album album) {
        return album.kinship(one, other).filter(Kinship::isOnePlace).isPresent();
    }

    private static int mostPairs(List<PhotoGroup> groups) {
        return groups.stream().mapToInt(group -> group.photos().size() / 2).sum();
    }
}
