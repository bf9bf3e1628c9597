package io.showreel.selection.storyboard.grok;

/** A value that no log shows. Public, since that is how a setting is turned into one. */
public record Secret(String value) {

    boolean isMissing() {
        return value.isBlank();
    }

    @Override
    public String toString() {
        return "***";
    }
}
