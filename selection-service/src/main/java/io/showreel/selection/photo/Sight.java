package io.showreel.selection.photo;

/** What was seen of one photo. */
public record Sight(Measures measures, Thumbnail thumbnail) {}
