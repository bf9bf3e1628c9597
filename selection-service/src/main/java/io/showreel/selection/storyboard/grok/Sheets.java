package io.showreel.selection.storyboard.grok;

import io.showreel.selection.photo.Album;
import io.showreel.selection.photo.sheet.ContactSheets;
import io.showreel.selection.photo.sheet.Panel;
import io.showreel.selection.photo.sheet.Panel.Cell;
import io.showreel.selection.storyboard.Question;
import io.showreel.selection.storyboard.Question.Group;
import io.showreel.selection.storyboard.Question.Numbered;
import io.showreel.selection.storyboard.grok.ChatRequest.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Shows Grok the photos: a panel for each group, each photo under the id that the answer must name, and no more images
 * than one call takes well. Beside each image stands in words what is on it.
 */
final class Sheets {

    static final int MOST_IMAGES = 10;
    private static final int PHOTOS_OF_A_PANEL = 12;

    private final ContactSheets printer;

    Sheets(ContactSheets printer) {
        this.printer = printer;
    }

    /** Empty when nobody looked. */
    List<Part> of(Question question) {
        var panels = question.groups().stream()
                .flatMap(group -> panels(group, question.album()))
                .toList();
        return print(panels);
    }

    /** @param caption what is on the panel, in words */
    record Captioned(String caption, Panel panel) {}

    /** One image for each panel, or where these are too many, evenly several on each. */
    List<Part> print(List<Captioned> panels) {
        var images = Math.min(MOST_IMAGES, panels.size());
        var parts = new ArrayList<Part>();
        for (var i = 0; i < images; i++) {
            var here = panels.subList(i * panels.size() / images, (i + 1) * panels.size() / images);
            var captions = here.stream().map(Captioned::caption).collect(Collectors.joining("; below that "));
            parts.add(Part.text("Contact sheet %d of %d: %s".formatted(i + 1, images, captions)));
            parts.add(
                    Part.image(printer.print(here.stream().map(Captioned::panel).toList())));
        }
        return parts;
    }

    private static Stream<Captioned> panels(Group group, Album album) {
        var cells = group.photos().stream()
                .flatMap(photo -> cell(photo.reference(), photo, album).stream())
                .toList();
        return Stream.iterate(0, from -> from < cells.size(), from -> from + PHOTOS_OF_A_PANEL)
                .map(from -> cells.subList(from, Math.min(cells.size(), from + PHOTOS_OF_A_PANEL)))
                .map(some -> new Captioned(caption(group, some), new Panel(some)));
    }

    static Optional<Cell> cell(String label, Numbered photo, Album album) {
        return album.sightOf(photo.photo())
                .map(sight -> new Cell(label, photo.photo().object(), sight.thumbnail()));
    }

    private static String caption(Group group, List<Cell> cells) {
        return "%s (%s)"
                .formatted(group.group().name(), cells.stream().map(Cell::label).collect(Collectors.joining(", ")));
    }
}
