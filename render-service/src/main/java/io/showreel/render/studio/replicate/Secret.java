package io.showreel.render.studio.replicate;

/** Something that must not be seen in a log. */
public record Secret(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
