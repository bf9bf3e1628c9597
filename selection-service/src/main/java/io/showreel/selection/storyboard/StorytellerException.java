package io.showreel.selection.storyboard;

/** Nothing can be had from the storyteller; the message tells a person what to do. */
public final class StorytellerException extends Exception {

    private final String code;

    /** @param code a stable word, such as {@code provider_auth} */
    public StorytellerException(String code, String message) {
        super(message);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
